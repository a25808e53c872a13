"""What is kept of a person, in words to read: their account, and of each dialogue what they chose and said (subject access)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import markup, phrases, places
from bot.core import authors
from bot.features.privacy.actions.personal_data import Titles, Told
from bot.i18n import Translator
from bot.models import Audience, Naming, Visibility
from bot.models.member import Role
from bot.phrases import signatures

WHOLE = "my-data.json"
Fact = tuple[str, str]  # what, and how it is


@dataclass(frozen=True)
class Passage:
    """Something they wrote: a line above it, the words in their language (BCP 47, or empty), and lines below."""

    above: str
    words: str
    language: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class Portion:
    """A part of the page: facts, or what they wrote; `level` is its heading's, 2 or 3."""

    heading: str
    level: int
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Portrait:
    """The page, plain texts throughout."""

    title: str
    notes: tuple[str, ...]
    parts: tuple[Portion, ...]


class Teller:
    """Tells a portrait in a language, with moments by the person's clock."""

    def __init__(self, t: Translator, told: Told, titles: Titles) -> None:
        self._t, self._told, self._titles = t, told, titles
        self._zone = str(told.get("timezone") or "UTC")

    def portrait(self) -> Portrait:
        """All of it."""
        t = self._t
        notes = (
            t.gettext("As of %(moment)s.") % {"moment": self._moment(self._told["exported_at"])},
            t.gettext("Every detail, and why it is kept, is in the file %(file)s that came with this one.")
            % {"file": markup.isolate(WHOLE)},
        )
        parts = [
            self._account(),
            *self._waiting(),
            *(each for one in _rows(self._told, "memberships") for each in self._membership(one)),
        ]
        return Portrait(t.gettext("What is kept about you"), notes, tuple(parts))

    def _account(self) -> Portion:
        t, told = self._t, self._told
        facts = [
            (t.gettext("Number of your Telegram account"), str(told["telegram_id"])),
            (t.pgettext("label", "Language"), t.language_name(str(told["language"]))),
            (t.pgettext("label", "Time zone"), self._place(told.get("timezone"))),
            *self._dated((t.gettext("No questions until"), told.get("paused_until"))),
            (t.gettext("Messages as Telegram sent them, kept for some days"), self._count(told, "raw_updates")),
        ]
        return Portion(t.gettext("Your account"), 2, tuple(facts))

    def _waiting(self) -> Iterator[Portion]:
        held = [
            Passage(self._moment(row["sent_at"]), _words(row["content"]), "")
            for row in _rows(self._told, "held_messages")
        ]
        if held:
            yield Portion(self._t.gettext("What waits until you say what it is"), 2, passages=tuple(held))

    def _membership(self, member: Told) -> Iterator[Portion]:
        yield Portion(self._titles.dialogues.get(_number(member["dialogue_id"]), "–"), 2, tuple(self._choices(member)))
        said = [self._reply(row) for row in _rows(member, "replies")]
        t = self._t
        for heading, passages in (
            (t.gettext("What you said"), said),
            (t.gettext("What you wrote to the moderators"), list(self._inquiries(member))),
            (t.gettext("What you would ask speakers"), list(self._asked(member))),
            (t.gettext("Your objections"), self._plain(member, "objections", "raised_at")),
            (t.gettext("What has changed, in your words"), self._plain(member, "what_has_changed", "said_at")),
            (t.gettext("Your translations"), self._plain(member, "translations", "translated_at")),
            (t.gettext("What you announced"), list(self._announced(member))),
        ):
            if passages:
                yield Portion(heading, 3, passages=tuple(passages))

    def _choices(self, member: Told) -> Iterator[Fact]:
        t = self._t
        author = authors.named(
            *authors.sign(
                Naming(str(member["naming"])), name=_text(member["display_name"]), pseudonym=_text(member["pseudonym"])
            )
        )
        yield t.gettext("How you are named"), signatures.author(t, author)
        if member["group_pseudonym"]:
            yield t.gettext("Your pseudonym in groups"), signatures.pseudonym(t, str(member["group_pseudonym"]))
        if member["role"] != Role.MEMBER:
            yield t.pgettext("label", "Role"), signatures.role(t, Role(str(member["role"])))
        yield from self._dated(
            (t.gettext("You joined"), member["joined_at"]),
            (t.gettext("You agreed to the terms"), member["consented_at"]),
            (t.gettext("You left"), member["left_at"]),
            (t.gettext("Moderators muted you"), member["muted_at"]),
            (t.gettext("Moderators removed you"), member["removed_at"]),
        )
        for label, key in (
            (t.pgettext("label", "Reminders"), "reminders"),
            (t.gettext("You may be quoted"), "quotable"),
            (t.gettext("A service outside may translate what you say"), "outside_services"),
            (t.gettext("A service outside may propose key points of what you say"), "outside_proposals"),
        ):
            yield label, t.pgettext("label", "yes") if member[key] else t.pgettext("label", "no")
        for label, key in (
            (t.gettext("Messages sent to you"), "sent_to_you"),
            (t.gettext("Replies of others you have read"), "replies_you_have_read"),
            (t.gettext("Answers you gave with one tap"), "one_tap_answers"),
            (t.gettext("Live events you were asked to, and answered"), "live_events"),
            (t.gettext("Replies you reported"), "flags"),
        ):
            yield label, self._count(member, key)

    def _reply(self, row: Told) -> Passage:
        t = self._t
        number, title = self._titles.questions.get(_number(row["question_id"]), (0, ""))
        question = {"number": t.number(number), "title": title, "moment": self._moment(row["replied_at"])}
        above = (
            t.gettext("Question %(number)s: %(title)s · %(moment)s")
            if title
            else t.gettext("Question %(number)s · %(moment)s")
        )
        files = _rows(row, "attachments")
        below = [phrases.kind_of_content(t, str(row["kind"]), len(files))] if files or not row["text"] else []
        below += [file_name for file in files if (file_name := _text(file["file_name"]))]
        below.append(self._seen_by(row))
        for before in _rows(row, "revisions"):
            words = {"moment": self._moment(before["replaced_at"]), "text": str(before["text"])}
            below.append(t.gettext("Until %(moment)s it said: %(text)s") % words)
        return Passage(above % question, str(row["text"]), str(row["language"]), tuple(below))

    def _seen_by(self, row: Told) -> str:
        t = self._t
        if row["withdrawn_at"]:
            return t.gettext("You withdrew it: only you see it.")
        if row["visibility"] == Visibility.HIDDEN:
            return t.gettext("Moderators hid it: other members don’t see it.")
        who = authors.named(Naming(str(row["naming"])), _text(row["signature"]), as_moderator=bool(row["as_moderator"]))
        waits = row["visibility"] == Visibility.WAITING
        return markup.visible(signatures.who_sees(t, who, Audience(str(row["audience"])), waits=waits))

    def _inquiries(self, member: Told) -> Iterator[Passage]:
        for row in _rows(member, "what_you_wrote_to_moderators"):
            answer = self._t.gettext("Their answer: %(text)s") % {"text": row["answer"]}
            yield Passage(self._moment(row["asked_at"]), _words(row["content"]), "", (answer,) if row["answer"] else ())

    def _asked(self, member: Told) -> Iterator[Passage]:
        for row in _rows(member, "what_you_asked_speakers"):
            yield Passage(self._moment(row["asked_at"]), _words(row["content"]), str(row["language"]))

    def _plain(self, of: Told, key: str, moment: str) -> list[Passage]:
        return [
            Passage(self._moment(row[moment]), str(row["text"]), str(row.get("language") or ""))
            for row in _rows(of, key)
        ]

    def _announced(self, member: Told) -> Iterator[Passage]:
        for row in _rows(member, "what_you_announced"):
            texts = row["texts"]
            for language, text in texts.items() if isinstance(texts, dict) else ():
                yield Passage(self._moment(row["created_at"]), str(text), str(language))

    def _dated(self, *facts: tuple[str, object]) -> Iterable[Fact]:
        return [(label, self._moment(moment)) for label, moment in facts if moment]

    def _moment(self, written: object) -> str:
        return self._t.moment(datetime.fromisoformat(str(written)), self._zone)

    def _place(self, zone: object) -> str:
        exported_at = datetime.fromisoformat(str(self._told["exported_at"]))
        return places.zone_name(str(zone), self._t.language, exported_at) if zone else "–"

    def _count(self, of: Told, key: str) -> str:
        return self._t.number(len(_rows(of, key)))


def portrait(t: Translator, told: Told, titles: Titles) -> Portrait:
    """What is kept of a person, as it was told (personal_data.portrait), to be read; plain texts."""
    return Teller(t, told, titles).portrait()


def _rows(of: Told, key: str) -> Sequence[Told]:
    found = of.get(key, ())
    return found if isinstance(found, list) else ()


def _words(content: object) -> str:
    return str(content.get("text") or "") if isinstance(content, dict) else ""


def _text(value: object) -> str | None:
    return str(value) if value else None


def _number(value: object) -> int:
    return int(str(value))
