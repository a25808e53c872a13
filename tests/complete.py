"""A dialogue file with all there can be in one, for whatever must bring all of it back."""

from datetime import datetime, time, timedelta

from bot.authoring import (
    DialogueFile,
    DigestRhythm,
    DocumentStyle,
    FileEvent,
    FileQuestion,
    Labels,
    Recording,
    Retention,
    Source,
    fingerprint,
)


def full() -> DialogueFile:
    """A dialogue file that says something under every key."""
    return DialogueFile(
        slug="full",
        languages=("en", "zh-Hans"),
        timezone="Europe/Paris",
        starts=datetime(2026, 10, 25, 2, 30, fold=1),
        ends=datetime(2026, 12, 1, 9, 0, 30),
        every=timedelta(days=3),
        send_at="dialogue",
        quiet_hours=None,
        moderation="before",
        names="anonymous",
        admission="approval",
        reminder=None,
        digest=DigestRhythm(every=timedelta(hours=36), at=time(7, 5)),
        retention=Retention(identities=timedelta(days=90), files=timedelta(days=8), dialogue=None),
        document=DocumentStyle(dates="short", strength="hidden"),
        title={"en": "Full", "zh-Hans": "完整"},
        summary={"en": "One line.", "zh-Hans": "一行。"},
        concept_note={"en": "# Aims\n\n- one\n- two", "zh-Hans": "目标"},
        concept_note_file={"en": "BQACAgQAAxkBAAID"},
        rules={"en": "Be kind.", "zh-Hans": "请友善。"},
        labels=Labels(summary={"zh-Hans": "小结"}, further={"en": "To go on", "zh-Hans": "继续"}),
        questions=(
            FileQuestion(
                title={"en": "First"},
                text={"en": "Why?\n\n    code", "zh-Hans": "为什么？"},
                prompts={"en": ("One: two", "- three"), "zh-Hans": ("一",)},
                follow_up={"en": "Can you give an example?", "zh-Hans": "能举个例子吗？"},
                spoken={"zh-Hans": Recording(file_id="AwACAgQAAxkB-_12", of=fingerprint("为什么？"))},
                closes=datetime(2026, 10, 26, 9),
            ),
        ),
        events=(
            FileEvent(
                title={"en": "Live", "zh-Hans": "现场"},
                starts=datetime(2026, 11, 4, 15),
                lasts=timedelta(minutes=90),
                link="https://meet.example.org/?a=1",
                languages=("en", "pt-BR"),
                speakers=("Fatuma: Noor",),
                about={"en": "A *talk*.", "zh-Hans": "谈话"},
                recording="https://video.example.org/1",
                notes={"en": "# One\n\nTwo.", "zh-Hans": "记录"},
            ),
        ),
        sources=(Source(title={"en": "A: b"}, url="https://example.org/?a=1#b"),),
    )
