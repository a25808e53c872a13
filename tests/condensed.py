"""A dialogue in seven languages, talked through: members replied, and moderators wrote its key points in every language."""

from datetime import datetime
from pathlib import Path

from planting import MONDAY, WEEK, join, reply
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot import authoring
from bot.core.messages import Content
from bot.features.dialogues.actions import files
from bot.features.key_points.actions import key_points, support
from bot.models import Dialogue, KeyPoint, Reply, Strength

FILE = Path(__file__).parent.parent / "docs" / "examples" / "women-and-public-transport.yaml"
SLUG = "women-and-public-transport"
LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh-Hans", "pt")

POINTS = [
    {
        "en": "Members plan their day around the last bus: after 8 in the evening, the way home decides who can take a job, "
        "a course or a place in a committee.",
        "es": "Quienes participan organizan el día según el último autobús: después de las 8 de la noche, el camino a casa "
        "decide quién puede aceptar un empleo, un curso o un lugar en un comité.",
        "fr": "Les membres organisent leur journée autour du dernier bus : après 8 heures du soir, le trajet du retour décide "
        "de qui peut accepter un emploi, une formation ou une place dans un comité.",
        "ar": "ينظّم الأعضاء يومهم حول موعد آخر حافلة: بعد الساعة 8 مساءً يصبح طريق العودة هو ما يحدد من يستطيع قبول وظيفة "
        "أو دورة تدريبية أو مقعد في لجنة.",
        "ru": "Участвующие строят свой день вокруг последнего автобуса: после 8 вечера именно дорога домой решает, кто может "
        "согласиться на работу, учёбу или место в комитете.",
        "zh-Hans": "成员们围绕末班车安排一天的生活：晚上8点以后，回家的路决定了谁能接受一份工作、参加一门课程，或在委员会中任职。",
        "pt": "Participantes organizam o dia em torno do último ônibus: depois das 8 da noite, o caminho de volta decide quem "
        "pode aceitar um emprego, um curso ou um lugar em um comitê.",
    },
    {
        "en": "A lit stop and a driver who waits matter more to them than cameras, of which 2 in 3 said that nobody watches "
        "them.",
        "es": "Una parada iluminada y un conductor o conductora que espera les importan más que las cámaras: 2 de cada 3 "
        "dijeron que nadie las mira.",
        "fr": "Un arrêt éclairé et une personne au volant qui attend comptent plus à leurs yeux que les caméras : 2 sur 3 ont "
        "dit que personne ne les regarde.",
        "ar": "الموقف المضاء والسائق الذي ينتظر أهم لديهم من الكاميرات، إذ قال 2 من كل 3 إن أحدًا لا يراقبها.",
        "ru": "Освещённая остановка и водитель, который подождёт, для них важнее камер: 2 из 3 сказали, что в камеры никто "
        "не смотрит.",
        "zh-Hans": "对她们来说，有照明的车站和愿意等一等的司机比摄像头更重要：每3人中有2人说，根本没有人看监控。",
        "pt": "Uma parada iluminada e alguém ao volante que espera importam mais do que as câmeras: 2 de cada 3 pessoas "
        "disseram que ninguém olha para elas.",
    },
]
FURTHER = [
    {
        "en": "Who pays for the later bus, and who decides on it?",
        "es": "¿Quién paga el autobús nocturno y quién decide sobre él?",
        "fr": "Qui paie le bus du soir, et qui en décide ?",
        "ar": "من يدفع كلفة الحافلة المسائية، ومن يقرر بشأنها؟",
        "ru": "Кто платит за вечерний автобус и кто принимает решение о нём?",
        "zh-Hans": "晚班公交由谁出资，又由谁来决定？",
        "pt": "Quem paga o ônibus da noite, e quem decide sobre ele?",
    }
]
SAID = {
    "en": "After eight there is no bus. I turned down two jobs.",
    "es": "Camino con las llaves en la mano. La parada está a oscuras.",
    "fr": "Le chauffeur attend que je sois entrée. Cela change tout.",
    "ar": "أنتظر عند الموقف المضاء فقط. الطريق طويل.",
    "ru": "Камеры есть, но в них никто не смотрит. Лучше фонарь.",
    "zh-Hans": "车站很黑。我只坐有人的车厢！",
    "pt": "Saio mais cedo para não voltar no escuro. Perco uma hora de aula.",
}


async def plant(session: AsyncSession, *, members: int = 12, first_id: int = 1) -> Dialogue:
    """The dialogue, `members` who replied to question 1 in turn in seven languages, and its key points.

    Their Telegram ids count from `first_id`.
    """
    written = authoring.read(FILE.read_bytes()).dialogue
    assert written is not None
    await files.import_file(session, written.model_copy(update={"admission": "open"}), now=MONDAY - WEEK)
    found = await session.scalars(
        select(Dialogue).where(Dialogue.slug == SLUG).options(selectinload(Dialogue.questions))
    )
    dialogue = found.one()
    for number in range(1, members + 1):
        language = LANGUAGES[number % len(LANGUAGES)]
        member = await join(session, dialogue, first_id + number - 1, language=language)
        member.quotable = True
        await reply(
            session,
            member.id,
            message_id=number,
            question_id=dialogue.questions[0].id,
            content=Content("text", SAID[language]),
        )
    for question, texts in zip(dialogue.questions, POINTS, strict=False):
        point = await worded(session, dialogue, question.position, texts)
        point.strength = Strength.MAJORITY
        await rest(session, point)
    for texts in FURTHER:
        await worded(session, dialogue, None, texts)
    return dialogue


async def worded(
    session: AsyncSession, dialogue: Dialogue, position: int | None, texts: dict[str, str], *, now: datetime = MONDAY
) -> KeyPoint:
    """A key point of the question at a position, or a question for further discussion, in each language."""
    question = None if position is None else dialogue.questions[position]
    point = await key_points.add(session, dialogue, question, text=texts["en"], language="en", now=now)
    for language, text in texts.items():
        key_points.word(point, text=text, language=language)
    return point


async def rest(session: AsyncSession, point: KeyPoint, *, now: datetime = MONDAY) -> None:
    """Have it rest on the first sentence of each reply to its question."""
    for said in (await session.scalars(select(Reply).where(Reply.question_id == point.question_id))).all():
        start, end = support.sentences(said.text)[0]
        await support.rest_on(session, point, reply_id=said.id, start=start, end=end, now=now)
