"""Thirty replies in three languages to the three questions of a dialogue about repair, and the words that each key point rests on."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "tests"))
import past

SLUG = "repair"
SPEAKERS = ("en", "en", "en", "en", "es", "es", "es", "fr", "fr", "fr")
"""The languages of those who reply, each to each question."""
FILE = (
    past.FILE.replace("repair-2014", SLUG)
    .replace("2014-10-13", "2026-11-30")
    .replace("2014-10-31", "2026-12-18")
    .replace("every:", "moderation: after\nadmission: open\nevery:")
)
LANGUAGES, FURTHER = past.LANGUAGES, past.FURTHER
BACKGROUND = {
    "en": "From 30 November to 18 December 2026 ten people of the [Repair Network](https://example.org/network) wrote to each "
    "other in three languages about what repair workshops teach, and whom they don’t reach. What they said is gathered here.",
    "es": "Del 30 de noviembre al 18 de diciembre de 2026, diez personas de la [Red de Reparación](https://example.org/network) "
    "se escribieron en tres idiomas sobre lo que enseñan los talleres y a quién no llegan. Aquí se reúne lo que dijeron.",
    "fr": "Du 30 novembre au 18 décembre 2026, dix personnes du [Réseau réparation](https://example.org/network) se sont écrit "
    "en trois langues sur ce que transmettent les ateliers et sur celles et ceux qu’ils n’atteignent pas. Voici ce qui s’est dit.",
}

_SAID = (
    (
        (
            "I came with a kettle that had gone cold. «By the third evening I had opened a radio, a fan and my neighbour’s iron», and "
            "nobody had told me to. What I learned first was that things have screws."
        ),
        (
            "«They said the name of each tool every time they handed it over», and it felt silly for an hour. After that I could ask for "
            "what I needed, which I never could from the sheet on the wall."
        ),
        (
            "Our lamp could not be saved. We took it apart anyway, and «I understood more from that dead lamp than from the two we mended», "
            "because nobody minded if I broke it further."
        ),
        (
            "What I miss is a notebook. «We found out how to free that hinge in spring, and in autumn a new group found it out again.» Nobody "
            "was lazy; there was simply no place to write it down."
        ),
        (
            "Llegué con una licuadora y pensé que eso era todo. «Ahora abro cualquier aparato antes de tirarlo», y mis hijos también, aunque "
            "a veces después no sepamos cerrarlo."
        ),
        (
            "En nuestro taller la monitora repite el nombre de cada herramienta. «Al segundo día ya nadie decía “esa cosa”», y quienes nunca "
            "habían hablado empezaron a pedirlas en voz alta."
        ),
        (
            "No guardamos nada por escrito. «Cuando se fue Marta se fue con ella cómo se cambia ese condensador», y tuvimos que llamarla por "
            "teléfono tres veces en un mes."
        ),
        (
            "Je suis venu avec un grille-pain. «Le mois suivant j’ai démonté la serrure de ma cave, juste pour voir», et c’est cela que "
            "l’atelier m’a appris : on a le droit de regarder dedans."
        ),
        (
            "Nous avons une étagère d’appareils perdus. «C’est là que les nouvelles personnes apprennent, parce qu’elles n’ont rien à "
            "perdre», et l’on y prend aussi des pièces."
        ),
        (
            "Le premier soir, on ne répare presque rien. «On apprend à dire tournevis, pince, joint, et à les demander», et cela change qui "
            "ose parler autour de la table."
        ),
    ),
    (
        (
            "We meet from six to nine. «Anyone with children to feed is gone before the first lid is off», and we called that a lack of "
            "interest for two years before somebody asked."
        ),
        (
            "Last spring Ruth led the table for small motors. «Seven women came back the week after; before that it was two.» Nothing else "
            "had changed, not the hour and not the poster."
        ),
        (
            "We ask for three euros towards the tea. «My sister thought it was a course for people who already knew how», and so she stayed "
            "at home. Three euros, and it looked like an exam."
        ),
        (
            "«I spend the evening explaining the manual to the others and never touch the machine.» I speak both languages, so I am useful, "
            "and at the end I know no more than when I came."
        ),
        (
            "El último autobús sale a las ocho. «Las compañeras del barrio alto se van a mitad de la reparación», y la vez siguiente ya no "
            "vienen, porque nadie quiere dejar algo abierto sobre la mesa."
        ),
        (
            "Cuando Lucía llevó una mesa, «las chicas dejaron de mirar desde la puerta». Se sentaron, y la semana siguiente trajeron a sus "
            "primas. No lo habíamos conseguido con ningún cartel."
        ),
        (
            "El manual está solo en alemán. «Lo traduzco yo, y mientras traduzco otro aprieta los tornillos.» Me gustaría que una vez fuera "
            "al revés, aunque tardemos el doble."
        ),
        (
            "À vingt heures je suis seule avec ma mère, qui ne peut pas rester sans personne. «Un samedi matin, je viendrais ; un soir, "
            "jamais», et je ne suis pas la seule dans l’immeuble."
        ),
        (
            "On demandait deux euros, pour la forme. «Plusieurs nous ont dit avoir cru qu’il fallait déjà s’y connaître pour payer sa "
            "place.» Depuis que c’est gratuit, la moitié des visages sont nouveaux."
        ),
        (
            "Pendant des années, que des hommes derrière les tables. «Le jour où Awa en a pris une, trois voisines sont venues avec leurs "
            "ventilateurs», et elles sont encore là."
        ),
    ),
    (
        (
            "«Those who were paid from the second month are still with us; of the volunteers one is left.» I don’t blame anyone. A month is "
            "what a person can give, and then there is rent."
        ),
        (
            "We bought brushes and belts with the group across the river. «It came to half of what we had paid alone», and now we meet to "
            "share out the box, which is how the joint evenings began."
        ),
        (
            "The baker asks for me by name, and that is my certificate. «But the bank wanted the paper before it gave me an account», and "
            "without an account no company orders anything from me."
        ),
        (
            "Pay people while they learn, «even a little, or you only train those who could afford to wait». We lost our best pair of hands "
            "to a car park, because the car park paid on Fridays."
        ),
        (
            "Un mes se aguanta; dos, no. «Al segundo mes se fueron todas menos las que cobraban algo», y no se fueron contentas: una lloró "
            "al devolver las llaves del taller."
        ),
        (
            "Juntamos pedidos entre cuatro talleres. «Las resistencias nos salieron a la mitad», y además nos conocimos: antes éramos cuatro "
            "mesas que competían por las mismas cafeteras."
        ),
        (
            "En el barrio me llaman a mí y no al técnico con diploma. «Pero para abrir la cuenta me pidieron el certificado, no los "
            "vecinos», y estuve un año cobrando en efectivo."
        ),
        (
            "Le deuxième mois est celui où l’on perd les gens. «Chez nous, une petite rémunération a suffi : personne n’est parti», alors que "
            "le groupe voisin a fermé au printemps."
        ),
        (
            "Acheter ensemble, ce n’est pas seulement moins cher. «Nous payons la moitié, et nous nous voyons enfin» ; le reste, les "
            "échanges d’outils et de savoirs, est venu tout seul."
        ),
        (
            "Mon nom suffit dans la rue, «mais la banque ne connaît pas mon nom : elle a voulu l’attestation». Il faudrait que l’atelier la "
            "donne sans examen, à qui a tenu une table pendant un an."
        ),
    ),
)
_UNDER = ((0, 1, 2, 3, 0, 1, 3, 0, 2, 1), (0, 1, 2, 3, 0, 1, 3, 0, 2, 1), (0, 1, 2, 0, 0, 1, 2, 0, 1, 2))
"""Under which key point of its question each reply is put."""


@dataclass(frozen=True)
class Said:
    """What someone replies, and the words of it that go under a key point (its index in the question)."""

    text: str
    words: str
    point: int


def replies(question: int) -> Sequence[Said]:
    """What is replied to a question (its index), by the speakers in turn."""
    return [_said(text, point) for text, point in zip(_SAID[question], _UNDER[question], strict=True)]


def _said(text: str, point: int) -> Said:
    before, _, rest = text.partition("«")
    words, _, after = rest.partition("»")
    return Said(before + words + after, words, point)


def points(question: int) -> Sequence[Mapping[str, str]]:
    """The key points of a question (its index) in all languages, as they are written at last."""
    return past.POINTS[question]
