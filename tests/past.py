"""A dialogue of the past, in the genre's shape: three weeks in three languages, eleven key points, three questions that stay open."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.database import Database
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import backgrounds, contents, publication
from bot.models import Dialogue, Openness, Question

SLUG = "repair-2014"
LANGUAGES = ("en", "es", "fr")
FILE = (Path(__file__).parent / "past.yaml").read_text(encoding="utf-8")
POINTS: tuple[tuple[dict[str, str], ...], ...] = (
    (
        {
            "en": "Most people come with one broken thing and leave with the habit of opening others",
            "es": "La mayoría llega con una sola cosa rota y se va con la costumbre de abrir otras",
            "fr": "La plupart arrivent avec un seul objet cassé et repartent avec l’habitude d’en ouvrir d’autres",
        },
        {
            "en": "Naming tools aloud, again and again, does more for beginners than any handout",
            "es": "Nombrar las herramientas en voz alta, una y otra vez, ayuda más a quien empieza que cualquier folleto",
            "fr": "Nommer les outils à voix haute, encore et encore, aide davantage les débutants que n’importe quelle fiche",
        },
        {
            "en": "A device that can’t be mended still teaches: 2 of 3 workshops keep a shelf of such devices, as the "
            "[open list](https://example.org/list) shows",
            "es": "Un aparato que no tiene arreglo también enseña: 2 de cada 3 talleres guardan un estante de ellos, como "
            "muestra la [lista abierta](https://example.org/list)",
            "fr": "Un appareil irréparable apprend aussi quelque chose : 2 ateliers sur 3 en gardent une étagère, comme le "
            "montre la [liste ouverte](https://example.org/list)",
        },
        {
            "en": "It is rarely written down what was learned, so each group begins anew",
            "es": "Pocas veces se escribe lo aprendido, de modo que cada grupo empieza de cero",
            "fr": "Ce qui a été appris est rarement noté, si bien que chaque groupe recommence à zéro",
        },
    ),
    (
        {
            "en": "Evening hours keep out whoever cooks, cares or travels home after dark",
            "es": "El horario de tarde deja fuera a quien cocina, cuida o vuelve a casa de noche",
            "fr": "Les horaires du soir excluent qui cuisine, prend soin des autres ou rentre de nuit",
        },
        {
            "en": "Where one table was led by women, three times as many women came back",
            "es": "Donde una mesa estaba a cargo de mujeres, volvieron el triple de mujeres",
            "fr": "Là où des femmes tenaient une table, trois fois plus de femmes sont revenues",
        },
        {
            "en": "A fee, be it small, is read as a sign that one has to know something already",
            "es": "Una cuota, aunque sea pequeña, se entiende como señal de que ya hay que saber algo",
            "fr": "Une participation, même modique, se lit comme le signe qu’il faut déjà savoir quelque chose",
        },
        {
            "en": "Manuals in one language turn bilingual members into interpreters, and interpreters don’t get to hold the "
            "screwdriver",
            "es": "Los manuales en un solo idioma convierten a las personas bilingües en intérpretes, y quien interpreta no "
            "llega a tomar el destornillador",
            "fr": "Des notices en une seule langue font des membres bilingues des interprètes, et qui interprète ne tient "
            "jamais le tournevis",
        },
    ),
    (
        {
            "en": "Workshops that pay for the second month keep their learners; those that hope for volunteers lose them",
            "es": "Los talleres que pagan el segundo mes conservan a quienes aprenden; los que esperan voluntariado los pierden",
            "fr": "Les ateliers qui rémunèrent le deuxième mois gardent leurs apprenants ; ceux qui comptent sur le bénévolat "
            "les perdent",
        },
        {
            "en": "Spare parts bought together cost half as much, and bring groups to the same table",
            "es": "Los repuestos comprados en común cuestan la mitad y sientan a los grupos a una misma mesa",
            "fr": "Les pièces achetées en commun coûtent moitié moins cher et réunissent les groupes autour d’une même table",
        },
        {
            "en": "A certificate matters less than a name in the neighbourhood, yet only the certificate opens a bank account",
            "es": "Un certificado importa menos que un nombre en el barrio, pero solo el certificado abre una cuenta bancaria",
            "fr": "Un certificat compte moins qu’un nom dans le quartier, mais lui seul permet d’ouvrir un compte en banque",
        },
    ),
)
FURTHER = (
    {
        "en": "Who keeps the shelf of things that can’t be mended, and for how long?",
        "es": "¿Quién guarda el estante de lo que no tiene arreglo, y hasta cuándo?",
        "fr": "Qui garde l’étagère des objets irréparables, et jusqu’à quand ?",
    },
    {
        "en": "How far does learning by video replace the second pair of hands?",
        "es": "¿Hasta qué punto sustituye el video a un segundo par de manos?",
        "fr": "Dans quelle mesure la vidéo remplace-t-elle une deuxième paire de mains ?",
    },
    {
        "en": "What should the network ask of makers, and what of towns?",
        "es": "¿Qué debería pedir la red a los fabricantes, y qué a los municipios?",
        "fr": "Que devrait demander le réseau aux fabricants, et que demander aux villes ?",
    },
)


async def write(session: AsyncSession, *, now: datetime, left_out: int = 0) -> None:
    """Write its key points and open questions in all languages, but for so many of the first."""
    dialogue = (
        await session.scalars(select(Dialogue).where(Dialogue.slug == SLUG).options(selectinload(Dialogue.questions)))
    ).one()
    of: list[tuple[Question | None, tuple[dict[str, str], ...]]] = list(zip(dialogue.questions, POINTS, strict=True))
    wanted = [(question, point) for question, points in [*of, (None, FURTHER)] for point in points]
    for question, point in wanted[left_out:]:
        written = await key_points.add(session, dialogue, question, text=point["en"], language="en", now=now)
        for language in LANGUAGES[1:]:
            key_points.word(written, text=point[language], language=language)


async def open_to_all(database: Database) -> None:
    """Write all of it, publish it, and put it on a public page."""
    now = datetime(2026, 11, 30, 9, tzinfo=UTC)
    async with database.sessions.begin() as session:
        await write(session, now=now)
        (await backgrounds.keep(session, 1)).openness = Openness.LINK
    async with database.sessions.begin() as session:
        material = await contents.gather(session, SLUG)
        release = await publication.prepare(session, material, language="en", now=now)
        await publication.publish(session, material, release.key, now=now)
