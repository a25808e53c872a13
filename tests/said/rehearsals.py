"""What previews, rehearsals and their warnings say."""

from datetime import timedelta

from samples import NOW, ZONE

from bot.core.plays import Deed, Scene, Side
from bot.features.dialogues.texts import files as file_texts
from bot.features.questions.texts import schedule as schedule_texts
from bot.features.rehearsals.actions.warnings import Concern, Snag, TextKind
from bot.features.rehearsals.texts import leaves, pages, play, warnings
from bot.i18n import Translator
from bot.models import Kind, NoticeKind
from said.phrases import COUNTS, Said, each

ELSEWHERE = (("Pacific/Auckland", NOW), ("Asia/Kathmandu", NOW))
CAUSES = (*Deed, *Kind, NoticeKind.ASKING, NoticeKind.LET_IN, NoticeKind.CLOSING, NoticeKind.WAYS)
SCENES = [Scene(NOW, side, cause, "Words.", (("Yes",),), 2) for side in Side for cause in CAUSES]
CONCERNS = [
    *[Concern(Snag.NO_TEXT, place, 2, "es") for place in TextKind],
    Concern(Snag.STALE, number=2, language="es"),
    *[Concern(Snag.SPLITS, place, 2, "es", count=2) for place in (TextKind.NOTE, TextKind.QUESTION)],
    *[
        Concern(snag, number=2, moment=NOW, reaches_at=NOW + timedelta(hours=9))
        for snag in (Snag.AT_NIGHT, Snag.PAST, Snag.FAR)
    ],
    *[
        Concern(snag, number=2, moment=NOW, days_off=days)
        for snag, days in (
            (Snag.WEEKEND, (("", ""),)),
            (Snag.WEEKEND, (("EG", ""), ("KE", ""))),
            (Snag.HOLIDAY, (("KE", "Jamhuri Day"), ("DO", "Navidad"))),
        )
    ],
]


def words(t: Translator) -> list[Said]:
    return [
        *each((pages.which_language, pages.one_moment, pages.ended, pages.broken_off, pages.written_meanwhile), t),
        *each((file_texts.which_rehearsal,), t),
        *[(pages.stopped, pages.stopped(t, was_on=on)) for on in (False, True)],
        (pages.begun, pages.begun(t, "es")),
        *[(pages.marked, pages.marked(t, scene, ZONE)) for scene in SCENES],
        *[(pages.leaf, pages.leaf(t, scene, place=2, total=9, zone=ZONE)) for scene in FILES],
        (leaves.leaves, [leaf.html for leaf in leaves.leaves(t, [*SCENES, *FILES], CONCERNS, ZONE)]),
        *[(warnings.warning, warnings.warning(t, concern, ZONE)) for concern in CONCERNS],
        *[(warnings.listed, warnings.listed(t, CONCERNS * count, ZONE)) for count in COUNTS[:4]],
    ]


FILES = [
    Scene(NOW, Side.MEMBER, NoticeKind.SUMMARY, "", number=2, file=("summary.pdf", b"%PDF"), elsewhere=ELSEWHERE),
    Scene(NOW, Side.MEMBER, Kind.QUESTION, "What?", number=2, kept=("voice", "AwACAgQ")),
    Scene(NOW, Side.MEMBER, NoticeKind.SUMMARY, "A chart.", picture=b"PNG", elsewhere=ELSEWHERE),
]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each((pages.already, pages.does_nothing, pages.stop_button, pages.previous_button, pages.next_button), t),
        *each((schedule_texts.see_it_button, schedule_texts.rehearse_button), t),
        *each((play.name, play.own_words, play.further_words, play.others_words, play.key_point), t, 2),
    ]
