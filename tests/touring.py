"""An organiser goes wherever the buttons lead, and types what is asked for: one real example of each kind of button."""

from collections.abc import Sequence
from datetime import timedelta

from moderated import CHOSEN, WAITING_REPLY, tap
from planting import MONDAY
from rights import NEEDED, verb_of
from sqlalchemy import update
from steps import buttons, newest, say
from telegram import InlineKeyboardMarkup
from world import World

from bot.features.announcements import keyboards as announcement_keyboards
from bot.features.digests.keyboards import digests as digest_keyboards
from bot.features.exports import keyboards as export_keyboards
from bot.features.members.keyboards import door as door_keyboards
from bot.features.replies import keyboards as reply_keyboards
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.summary.actions import contents, publication, waivers
from bot.features.themes import keyboards as theme_keyboards
from bot.models import KeyPoint, LanguageSource, Member, NoticeKind, Support
from bot.sandbox import Phone

COMMANDS = ("digest", "queue", "dialogue", "themes", "keypoints", "summary", "export", "invite", "moderators", "nudge")
# What only shows a page, by verb and how many parts follow it; what is typed after some others.
PAGES = {
    *("queue/3", "hide/4", "author/4", "same/4", "restrained/1", "tongues/1"),
    *(
        "digestweek/1",
        "digesthow/1",
        "digestday/1",
        "digesthour/1",
        "digestlang/1",
        "times/1",
        "moves/1",
        "closes/1",
        "later/3",
    ),
    *("themesof/1", "theme/1", "thememerge/1", "themesaid/2", "thememove/1"),
    *("points/1", "chapter/2", "point/1", "strengths/1", "rests/2", "rest/3", "droppoint/1", "proposepoints/1"),
    *("footings/1", "missing/1", "farthest/1", "overlooked/1", "publicpage/1"),
    *("tools/1", "tool/2", "fits/3"),
    *("inquiries/2", "event/2", "files/1", "filesof/2"),
    *("summary/1", "papers/1", "paper/2", "compare/1", "objections/1"),
    *("team/1", "colleague/1", "invite/1", "newdoor/1", "pointon/2", "price/1"),
}
TYPED = {
    "themename/1": "Hearing others",
    "wording/1": "They ask, and then they listen.",
    "moment/2": "2026-12-20 10:00",
    "reason/1": "It names a village.",
    "speak/4": "Thank you for this.",
    "inquirysay/1": "Yes, at any time.",
    "announcement/1": "We meet on Friday.",
}


# A language of five that no key point rests on; a wording that can't be a reply, since its author takes no part.
OF_WHAT_ISN_T_HERE = ("letunheard:1:es:5", "wordedin:1:en:fr")
SEVERAL = {"queue", "moves"}  # each holds another reply, or a question that went out or is still to


def kind(data: str) -> str:
    """The kind of a button: its verb, and how many parts follow it."""
    return f"{verb_of(data)}/{data.count(':')}"


# What other buttons are about is gone, or theirs no more, after these.
ENDINGS = (
    "inquirysaid",
    "inquirydone",
    "norest",
    "droppoint",
    "pointok",
    "pointno",
    "themesplit",
    "thememerged",
    "themeanew",
    "discard",
    "restrain",
    "letin",
    "role",
)


def last_what_ends(examples: Sequence[str]) -> list[str]:
    """In an order in which each can have its effect: themes before what is in them is judged."""
    examples = sorted(examples, key=lambda data: not verb_of(data).startswith("theme"))
    return sorted(examples, key=lambda data: ENDINGS.index(verb_of(data)) if verb_of(data) in ENDINGS else -1)


class Tour:
    """What was found on the way: an example of each kind, of some kinds all."""

    def __init__(self, world: World, phone: Phone) -> None:
        self._world, self._phone = world, phone
        self._found: dict[str, str] = {}
        self._opened: set[str] = set()

    @property
    def examples(self) -> list[str]:
        """The data of the buttons found that need a right."""
        return [data for data in self._found.values() if verb_of(data) in NEEDED]

    async def everywhere(self) -> None:
        """Open all pages, answer what is asked, and send something off."""
        self._note(*asked_of_who_has_several(), *of_the_language(), *OF_WHAT_ISN_T_HERE)
        for command in COMMANDS:
            await say(self._world, self._phone, f"/{command}")
            await self._open_pages()
        for asking, words in TYPED.items():
            await tap(self._world, self._phone, self._found[asking])
            await say(self._world, self._phone, words)
            await self._open_pages()
        await tap(self._world, self._phone, self._found["moment/2"])
        await say(self._world, self._phone, "In the afternoon")
        await self._open_pages()
        draft = self._found["price/1"].removeprefix("price:")
        await tap(self._world, self._phone, f"aim:{draft}:1")  # there is no group: only now is it offered to undo that
        await self._open_pages()
        await tap(
            self._world, self._phone, self._found["rest/3"]
        )  # what it rests on already is shown sentence by sentence
        await self._open_pages()
        await self._word_in_several_languages()
        await self._record()
        await self._write_below_a_card()
        await self._send_off()
        await self._see_what_would_be_published()
        await self._bring_back()
        merged = self._found["merge/2"].split(":")[1]
        self._note(f"unmerge:{merged}:s")  # stands under what the press before has done

    async def _word_in_several_languages(self) -> None:
        """Each beside its tag."""
        await tap(self._world, self._phone, self._found["wording/1"])
        await say(self._world, self._phone, "en: They ask first.\nes: Preguntan primero.")
        await self._open_pages()

    async def _record(self) -> None:
        """Record a question twice: one recording can be taken away, the other still wants a language."""
        for _ in range(2):
            await tap(self._world, self._phone, self._found["record/2"])
            await self._phone.sends_file("voice", duration=20)
            await self._world.settle()
            self._found["recorded/4"] = newest(self._phone, "recorded:")
            if "unrecord/3" not in self._found:
                await tap(self._world, self._phone, self._found["recorded/4"])
                self._note(*offered(self._phone))

    async def _bring_back(self) -> None:
        """Send what another tool found."""
        await self._phone.sends_file("document", content=b"comment-body\nYes\n", file_name="comments.csv")
        await self._world.settle()
        self._note(*offered(self._phone))

    async def _write_below_a_card(self) -> None:
        await tap(self._world, self._phone, "queue:1:s:0")
        card = self._phone.received[-1]["message_id"]
        await say(self._world, self._phone, "Trust comes from asking.", reply_to=card)
        await self._open_pages()

    async def _send_off(self) -> None:
        await tap(self._world, self._phone, self._found["announcement/1"])
        await say(self._world, self._phone, "We meet on Saturday.")
        await tap(self._world, self._phone, newest(self._phone, "send:"))  # a notice may have come since
        self._note(*buttons(self._phone))

    async def _see_what_would_be_published(self) -> None:
        """Once nothing speaks against it, for a moment: what was edited is to be looked at again later."""
        await tap(self._world, self._phone, self._found["despite/2"])
        async with self._world.database.sessions.begin() as session:
            moderator = await session.get_one(Member, 1)
            for one in (await publication.compare(session, await contents.gather(session, "training"))).open:
                await waivers.waive(session, moderator, one.key, now=MONDAY)
            await session.execute(update(Support).values(chosen_at=MONDAY))
            await session.execute(update(KeyPoint).values(consulted_at=MONDAY - timedelta(days=30)))
        await tap(self._world, self._phone, self._found["publish/1"])
        self._note(*buttons(self._phone))
        async with self._world.database.sessions.begin() as session:
            await session.execute(update(Support).values(chosen_at=CHOSEN))

    async def _open_pages(self) -> None:
        self._note(*offered(self._phone))
        while new := [key for key, data in self._found.items() if kind(data) in PAGES and key not in self._opened]:
            for key in new:
                self._opened.add(key)
                await tap(self._world, self._phone, self._found[key])
                self._note(*offered(self._phone))

    def _note(self, *found: str) -> None:
        for data in found:
            self._found.setdefault(data if verb_of(data) in SEVERAL else kind(data), data)


def offered(phone: Phone) -> list[str]:
    """The data of all buttons that a person sees."""
    keyboards_seen = [message.get("reply_markup", {}).get("inline_keyboard", []) for message in phone.received]
    return [button["callback_data"] for rows in keyboards_seen for row in rows for button in row]


def asked_of_who_has_several() -> list[str]:
    """The buttons that only those see who have a role in several dialogues."""
    choices = [(1, "Training")]
    return [
        *_data(digest_keyboards.digests(choices, 0)),
        *_data(export_keyboards.dialogues(choices)),
        *_data(theme_keyboards.dialogues(choices)),
        *_data(door_keyboards.dialogues(choices)),
        *_data(announcement_keyboards.dialogues(choices, NoticeKind.ANNOUNCEMENT)),
        "queues",
    ]


def of_the_language() -> list[str]:
    """The buttons that tell the language of what someone else said."""
    reply = ReplyLanguage(WAITING_REPLY, "photo", "", 1, "fr", LanguageSource.ASSUMED, ("es",))
    opens = reply_keyboards.CHANGE_LANGUAGE.button("", WAITING_REPLY).callback_data
    return [str(opens), *_data(reply_keyboards.choices(reply))]


def _data(keyboard: InlineKeyboardMarkup) -> list[str]:
    return [str(button.callback_data) for row in keyboard.inline_keyboard for button in row]
