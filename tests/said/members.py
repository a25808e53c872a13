"""What members are told when they join, come back, leave, ask for help, or ask what time it is for them."""

from samples import NOW, ZONE, asked, author, conditions, joined

from bot import phrases
from bot.core.rights import Right
from bot.features.groups.texts import links as group_texts
from bot.features.members.actions.invitations import Agreement
from bot.features.members.actions.late_joiners import Closed
from bot.features.members.actions.whereabouts import Former, OpenQuestion, Whereabouts
from bot.features.members.texts import joining as joining_texts
from bot.features.members.texts import late_joiners as late_joiner_texts
from bot.features.members.texts import leaving as leaving_texts
from bot.features.members.texts import profile as profile_texts
from bot.features.members.texts import standing as standing_texts
from bot.features.menu import texts as menu_texts
from bot.features.privacy.texts import privacy as privacy_texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each

CHOICES = ((False, False), (True, False), (False, True))


def whereabouts(v: str, *, questions: bool, following: bool) -> Whereabouts:
    """Where a member of a dialogue of that title stands."""
    open_now = [OpenQuestion(asked(v), follows, answered) for follows, answered in CHOICES] if questions else []
    return Whereabouts(1, v, author(v), tuple(open_now), NOW if following else None, ZONE, zone_chosen=questions)


def words(t: Translator) -> list[Said]:
    """Texts in Telegram's HTML that show nothing a person wrote."""
    nothing = whereabouts("", questions=False, following=False)
    return [
        *each((leaving_texts.ways_out, joining_texts.takes_part_in_nothing, privacy_texts.privacy), t),
        (standing_texts.what_is_open, standing_texts.what_is_open(t, nothing)),
        (profile_texts.is_it_now, profile_texts.is_it_now(t, ZONE, NOW)),
        (profile_texts.next_question, profile_texts.next_question(t, NOW, ZONE)),
        *[
            (menu_texts.help_text, menu_texts.help_text(t, rights, member=member))
            for rights in ((), tuple(Right))
            for member in (False, True)
        ],
        *[
            (group_texts.help_text, group_texts.help_text(t, "https://t.me/some_bot", linked=linked))
            for linked in (False, True)
        ],
        *[(phrases.moment_for_all, phrases.moment_for_all(t, NOW, zone)) for zone in (ZONE, "Etc/UTC")],
        *[
            (late_joiner_texts.so_far, late_joiner_texts.so_far(t, [Closed(1, 1, "Step", count, answered=True)]))
            for count in COUNTS
        ],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """Texts in Telegram's HTML that show something a person wrote."""
    return [
        *each((leaving_texts.sure_to_leave, leaving_texts.left), t, v),
        *[
            (standing_texts.standing, standing_texts.standing(t, whereabouts(v, questions=some, following=not some)))
            for some in (False, True)
        ],
        (standing_texts.formerly, standing_texts.formerly(t, [Former(1, v), Former(2, v)])),
        *[
            (
                joining_texts.joined,
                joining_texts.joined(t, joined(v, **changes), whereabouts(v, questions=True, following=True)),
            )
            for changes in ({}, {"returning": True}, {"already_in": True}, {"other_name": True})
        ],
        (joining_texts.asked_to_join, joining_texts.asked_to_join(t, joined(v, asking=True))),
        *[
            (joining_texts.agreed, joining_texts.agreed(t, Agreement(conditions(v), ZONE, at, same_terms=at is None)))
            for at in (None, NOW)
        ],
        *[
            (late_joiner_texts.so_far, late_joiner_texts.so_far(t, [Closed(1, 1, v, count, answered=False)] * 2))
            for count in COUNTS
        ],
    ]


def plain_words(t: Translator) -> list[Said]:
    """Buttons."""
    return [
        *each((menu_texts.question_button, menu_texts.browse_button, menu_texts.me_button), t),
        *each((menu_texts.ways_out_button, menu_texts.privacy_button, standing_texts.come_back_button), t),
        *each((leaving_texts.no_reminders_button, leaving_texts.leave_for_good_button, leaving_texts.stay_button), t),
        *each((leaving_texts.only_pause_button, leaving_texts.undo_button, profile_texts.agreed_button), t),
        *each((late_joiner_texts.read_button, late_joiner_texts.answer_button), t, 2),
        *[(profile_texts.it_is_button, profile_texts.it_is_button(t, zone, NOW)) for zone in (ZONE, "Etc/UTC")],
        *[(phrases.moment_for, phrases.moment_for(t, NOW, ZONE, own_clock=own)) for own in (False, True)],
        *[(phrases.moment_in, phrases.moment_in(t, NOW, zone)) for zone in (ZONE, "Etc/UTC")],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Buttons that show something from elsewhere."""
    return [
        *each((phrases.clock_in, phrases.beside, phrases.city), t, v, v),
        (phrases.city, phrases.city(t, v, "")),
    ]
