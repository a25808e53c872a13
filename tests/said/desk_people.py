"""The words of the desk's pages about people, of what moderators write to them, and of the log."""

from dataclasses import replace

from samples import NOW, ZONE, author, digest

from bot.features.announcements.actions.drafts import Price
from bot.features.announcements.actions.outgoing import Outgoing
from bot.features.desk.texts import announcements, log, members
from bot.features.members.actions.admission import Door
from bot.features.moderation.actions.decisions import Reason
from bot.features.moderation.actions.sanctions import Restrained
from bot.features.team.actions.roles import Colleague, Team
from bot.i18n import Translator
from bot.ledger.notices import Readership
from bot.models import Admission, NoticeKind, Restraint, Role
from bot.tallies.breakdown import LanguageFigures
from said import announcements as chat
from said import moderation
from said.phrases import COUNTS, Said, each

KINDS = (NoticeKind.ANNOUNCEMENT, NoticeKind.NUDGE)


def outgoing(words: str, kind: NoticeKind = KINDS[0], *, stopped: bool = False, can_stop: bool = False) -> Outgoing:
    """What was sent, with these words."""
    return Outgoing(1, kind, words, NOW, stopped, can_stop)


def colleague(v: str) -> Colleague:
    """A moderator of that name."""
    return Colleague(1, Role.MODERATOR, v, author("Bea"), named_by_host=False, is_self=True)


def restrained(v: str, restraint: Restraint = Restraint.REMOVED) -> Restrained:
    """The author of a reply, of that name."""
    return Restrained(1, restraint, author(v), 2, "text", v, NOW)


def plain_words(t: Translator) -> list[Said]:
    """What stands on pages, and on buttons."""
    return [*_of_people(t), *_of_announcements(t)]


def _of_people(t: Translator) -> list[Said]:
    door = Door(1, "Training", Admission.LINK, "x", guessable=True, asking=(), may_renew=True)
    return [
        *each(
            (members.counts_heading, members.small_groups, members.door_heading, members.picture, members.renew_button),
            t,
        ),
        *each((members.sure, members.renew_for_good_button, members.renewed, members.team_heading, members.you), t),
        *each((members.change_button, members.invite, members.invite_button, members.withdraw_button), t),
        *each((members.withdrawn, members.restrained_heading, members.nobody_restrained, members.bring_back_button), t),
        *[(members.counts, said) for said, _ in members.counts(t, digest("Training"))],
        *[(members.columns, name) for name in members.columns(t)],
        *[(members.about, members.about(t, LanguageFigures("es", count, 0))) for count in COUNTS],
        *[(members.door, line) for line in members.door(t, door)],
        *[(members.role, members.role(t, role)) for role in Role],
        *[(members.open_links, members.open_links(t, Team(1, "Training", (), count))) for count in COUNTS],
        *[(members.lifted, members.lifted(t, restraint)) for restraint in Restraint],
        (members.link, members.link(t, Role.MODERATOR, "https://t.me/bot?start=x", NOW, ZONE)),
        *each((log.heading, log.nothing, log.every_act, log.everybody, log.filter_by_act, log.filter_by_actor), t),
        *each((log.filter_button, log.older, log.file_button), t),
        *[(log.columns, name) for name in log.columns(t)],
        (log.moment, log.moment(t, moderation.row("Bea"), ZONE)),
        (log.who, log.who(t, replace(moderation.row("Bea"), actor_id=None))),
        (log.actor, log.actor(t, None)),
        (log.about, log.about(t, moderation.row("Bea"))[0]),
        (log.reason, log.reason(t, replace(moderation.row("Bea"), reason=Reason.HURTS))),
    ]


def _of_announcements(t: Translator) -> list[Said]:
    shown = chat.draft("Training")
    return [
        *[(announcements.begin_button, announcements.begin_button(t, kind)) for kind in KINDS],
        *each((announcements.intro, announcements.drafts_heading, announcements.sent_heading), t),
        *each((announcements.nothing_sent, announcements.stop_button, announcements.how_to_write), t),
        *each((announcements.in_groups, announcements.see_button, announcements.nothing_written), t),
        *each((announcements.change_button, announcements.discard_button, announcements.discarded), t),
        (announcements.pay_offer_button, announcements.pay_offer_button(t)),
        *[(announcements.kind, announcements.kind(t, outgoing("", kind=kind))) for kind in KINDS],
        (announcements.excerpt, announcements.excerpt(t, outgoing(""))),
        *[
            (announcements.state, announcements.state(t, outgoing("", stopped=stopped, can_stop=not stopped), ZONE))
            for stopped in (True, False)
        ],
        (announcements.state, announcements.state(t, outgoing(""), ZONE)),
        *[
            (announcements.called_off, announcements.called_off(t, Readership(count, count)))
            for count in COUNTS
            if count
        ],
        *[(announcements.sent, announcements.sent(t, Readership(count, count))) for count in COUNTS if count],
        (announcements.wording, announcements.wording(t, "es")),
        (announcements.seen_in, announcements.seen_in(t, "es")),
        *[(announcements.for_whom, line) for line in announcements.for_whom(t, shown)],
        (announcements.send_button, announcements.send_button(t, shown)),
        (announcements.paid_offer, announcements.paid_offer(t, Price(1_000, 100, 2))),
        (announcements.pay_button, announcements.pay_button(t, Price(1_000, 100, 2))),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [
        (members.name, members.name(t, colleague(v))),
        (members.role_of, members.role_of(t, colleague(v))),
        (members.changed, members.changed(t, colleague(v))),
        (members.restrained, members.restrained(t, restrained(v), ZONE)),
        (members.restrained, members.restrained(t, restrained(v, Restraint.MUTED), ZONE)),
        (members.excerpt, members.excerpt(t, restrained(v[:250].strip()))),
        (log.who, log.who(t, moderation.row(v))),
        *[(log.about, line) for line in log.about(t, moderation.row(v)) if v in line],
        (log.reason, log.reason(t, replace(moderation.row(v), reason=v))),
        (announcements.heading, announcements.heading(t, chat.draft(v))),
    ]
