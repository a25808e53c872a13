from samples import conditions

from bot import phrases
from bot.features.members.actions.admission import Applicant, Door
from bot.features.members.texts import consent, door
from bot.features.team import texts as team_texts
from bot.i18n import Translator
from bot.models import Admission, Names, Role
from bot.phrases import inserted
from said.phrases import COUNTS, Said, each


def shown(v: str, admission: Admission = Admission.LINK, *, asking: int = 1, guessable: bool = True) -> Door:
    """A door before which so many ask."""
    return Door(1, v, admission, "entrance", guessable, (Applicant(1, v, v),) * asking, may_renew=True)


def words(t: Translator) -> list[Said]:
    return [
        *each((door.which_dialogue, door.sure), t),
        *[
            (door.door, door.door(t, shown("Training", admission, asking=count), "https://t.me/bot?start=x"))
            for admission in Admission
            for count in COUNTS[:4]
        ],
        *[(door.who_may_join, door.who_may_join(t, admission)) for admission in Admission],
        *[(consent.moderation, consent.moderation(t, before=before)) for before in (False, True)],
        *[
            (text, text(t, conditions("Training", names=names, admission=admission, moderated_before=before)))
            for text in (consent.in_short, consent.in_full)
            for names in Names
            for admission in Admission
            for before in (False, True)
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    one = Applicant(1, v, v)
    return [
        (door.door, door.door(t, shown(v), "https://t.me/bot?start=x")),
        *[(text, text(t, one)) for text in (door.asking, door.was_let_in, door.was_refused)],
        (door.was_let_in, door.was_let_in(t, Applicant(1, "", v))),
        *each((door.let_in_notice, door.not_let_in_notice), t, v),
        (consent.in_full, consent.in_full(t, conditions(v, rules=inserted(v)))),
        (consent.changed, consent.changed(t, conditions(v))),
        (consent.agreed, consent.agreed(t, v)),
        (phrases.rules, phrases.rules(t, inserted(v))),
        *[
            (team_texts.role_taken_notice, team_texts.role_taken_notice(t, v, v, Role.MODERATOR, removed=removed))
            for removed in (False, True)
        ],
        (team_texts.role_taken_notice, team_texts.role_taken_notice(t, v, None, Role.ORGANISER, removed=False)),
        *[
            (team_texts.exported_notice, team_texts.exported_notice(t, v, name, token))
            for name in (v, None)
            for token in ("", v)
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    return [
        *each((door.decided_already, door.turned_away, door.let_in_button, door.refuse_button, door.picture_button), t),
        *each((door.let_in_after_all_button, door.renew_button, door.renew_for_good_button), t),
        *each((consent.in_full_button, consent.agree_button), t),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    return [(door.let_in_button, door.let_in_button(t, v))]
