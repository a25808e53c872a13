"""What is said around others' replies, members' answers to each other, who sees what, and the week before."""

from dataclasses import replace

from samples import asked, author

from bot import phrases
from bot.actions.browsing import Card, Deck, Words
from bot.actions.chiming import Chimes
from bot.actions.disclosing import Terms
from bot.actions.framing import Frame
from bot.actions.highlighting import Highlights
from bot.actions.leafing import COUNTED, Neighbours
from bot.actions.responding import Response, Thread
from bot.actions.translating import Translated
from bot.actions.welcoming import Asked, SoFar
from bot.core.authors import Author
from bot.i18n import Translator
from bot.models import Audience, Naming, RungKind
from bot.texts import cards, disclosure, highlights, questions, responses
from said.values import COUNTS, Said, each

NAMELESS = Author(Naming.ANONYMOUS, None, None)
COUNTABLE = [*COUNTS, COUNTED]


def said(v: str) -> Words:
    """Words in Haitian Creole, which nobody here reads."""
    return Words(author(v), "text", v, "ht", 0, openable=False, translated=None)


def card(v: str) -> Card:
    """A card with everything on it, on a question of that title."""
    return Card(
        reply_id=1,
        question_id=1,
        number=2,
        title=v,
        dialogue_title=v,
        words=said(v),
        featured=True,
        late=True,
        edited=True,
        own=False,
        for_members=False,
        in_group=True,
        to=replace(said(v[:250].strip()), kind="voice", files=1),
        thread_id=1,
        responses=3,
        chimes=Chimes({}, None),
        language=None,
        beside=Neighbours(1, 2, next_is_unread=True),
    )


def deck(v: str, replies: int) -> Deck:
    """What was said to a question of that title."""
    return Deck(1, 2, v, v, replies, min(replies, 2), is_open=False, answered=False)


def terms(v: str, audience: Audience, who: Author | None = None, reply_id: int | None = None) -> Terms:
    """Terms in a dialogue of that title."""
    return Terms(
        member_id=1,
        reply_id=reply_id,
        title=v,
        author=who or author(v),
        audience=audience,
        waits=False,
        read_by=2 if reply_id else 0,
        in_group=reply_id is not None,
        may_choose_name=True,
        name=v,
        pseudonym="cedar-27",
        is_rule=False,
    )


def words(t: Translator) -> list[Said]:
    """What shows nothing a person wrote."""
    nothing = Thread(1, said("Hm"), (), 0, 0, more=False)
    return [
        (cards.decks, cards.decks(t, [])),
        *[(cards.decks, cards.decks(t, [deck("Step", count)])) for count in COUNTABLE],
        *[(cards.no_cards, cards.no_cards(t, language)) for language in (None, "es")],
        *each((cards.choose_filter, cards.not_readable), t),
        (cards.question_line, cards.question_line(t, 2, "")),
        *[
            (phrases.who_sees, phrases.who_sees(t, NAMELESS, audience, waits=waits))
            for audience in Audience
            for waits in (False, True)
        ],
        (disclosure.of_terms, disclosure.of_terms(t, terms("", Audience.MEMBERS, NAMELESS))),
        (highlights.key_points, highlights.key_points(t, ("A *point*.", "Another."))),
        (disclosure.earlier_renamed, disclosure.earlier_renamed(t)),
        (responses.write_example, responses.write_example(t, None)),
        (responses.write_answer, responses.write_answer(t, 2)),
        *each((responses.given_up, responses.sure_to_report), t),
        *[(responses.reported, responses.reported(t, is_new=is_new)) for is_new in (False, True)],
        (cards.by, cards.by(t, replace(said(""), author=replace(NAMELESS, is_moderator=True)))),
        (
            highlights.so_far,
            highlights.so_far(t, SoFar("A *dialogue*.", (Asked(1, 1, "Step", ("A point.",), answered=True),))),
        ),
        (responses.thread, responses.thread(t, nothing, 5)),
        *[(responses.news, responses.news(t, count, ())) for count in COUNTS[1:]],
        *[(responses.at_once_changed, responses.at_once_changed(t, at_once=on)) for on in (False, True)],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """What shows something a person wrote."""
    short = said(v[:250].strip())
    by_member = replace(said(v), translated=Translated(v, author(v), None))
    by_service = replace(said(v), translated=Translated(v, None, v))
    thread = Thread(1, short, (Response(2, 1, short), Response(3, 2, short)), 7, 1, more=True)
    told = Highlights(1, 1, ("A *point*.",), (short, replace(short, translated=Translated(v[:250].strip(), None, v))))
    frame = Frame(1, 3, Chimes({}, None), terms(v, Audience.MEMBERS), told)
    return [
        (cards.decks, cards.decks(t, [deck(v, 3)])),
        (cards.question_line, cards.question_line(t, 2, v)),
        *[
            (cards.card, cards.card(t, replace(card(v), words=words)))
            for words in (said(v), by_member, by_service, replace(said(""), kind="voice", files=1))
        ],
        (cards.card, cards.card(t, replace(card(v), own=True, words=by_member), original=True)),
        (cards.responding_to, cards.responding_to(t, short)),
        *[
            (phrases.who_sees, phrases.who_sees(t, author(v), audience, waits=waits))
            for audience in Audience
            for waits in (False, True)
        ],
        (disclosure.of_terms, disclosure.of_terms(t, terms(v, Audience.MEMBERS))),
        *[
            (disclosure.choose, disclosure.choose(t, terms(v, Audience.MEMBERS, reply_id=reply_id)))
            for reply_id in (None, 1)
        ],
        (responses.write_response, responses.write_response(t, short)),
        (responses.write_example, responses.write_example(t, short)),
        (responses.responded, responses.responded(t, short, terms(v, Audience.MEMBERS))),
        (responses.thread, responses.thread(t, thread, 5)),
        (responses.news, responses.news(t, 2, [short, short])),
        *[(shown, shown(t, short)) for shown in (cards.said, cards.in_short)],
        *[(cards.by, cards.by(t, short, own=own)) for own in (False, True)],
        (highlights.above, highlights.above(t, told, room=4000)),
        (highlights.so_far, highlights.so_far(t, SoFar("A *dialogue*.", (Asked(1, 1, v, (), answered=False),)))),
        (questions.framed, questions.framed(t, asked(v), frame)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels and notices that show nothing a person wrote."""
    return [
        *[(cards.read_button, cards.read_button(t, count)) for count in COUNTABLE],
        *[(cards.next_button, cards.next_button(t, unread=unread)) for unread in (False, True)],
        *[(cards.original_button, cards.original_button(t, original=original)) for original in (False, True)],
        *each((cards.previous_button, cards.all_questions_button), t),
        *[(cards.filter_button, cards.filter_button(t, language)) for language in (None, "es")],
        *[(cards.language_button, cards.language_button(t, language, 3)) for language in (None, "es")],
        (cards.open_button, cards.open_button(t, replace(said(""), kind="voice", files=1))),
        *[
            (cards.rung_button, cards.rung_button(t, kind, count, mine=bool(count)))
            for kind in RungKind
            for count in COUNTS
        ],
        *[(cards.chimed, cards.chimed(t, kind)) for kind in (None, *RungKind)],
        *each((disclosure.change_button, disclosure.rule_button, disclosure.rename_earlier_button), t),
        (disclosure.change_of_button, disclosure.change_of_button(t, 5)),
        *[
            (disclosure.audience_button, disclosure.audience_button(t, audience, chosen=chosen))
            for audience in Audience
            for chosen in (False, True)
        ],
        (disclosure.naming_button, disclosure.naming_button(t, Naming.ANONYMOUS, "", chosen=True)),
        *each((responses.never_mind_button, responses.elsewhere_button, responses.respond_button), t),
        *each((responses.back_to_card_button, responses.report_button), t),
        (responses.still_answer_button, responses.still_answer_button(t, 2)),
        (highlights.replies_button, highlights.replies_button(t, 2)),
        *[(responses.responses_button, responses.responses_button(t, count)) for count in COUNTS],
        *[(responses.at_once_button, responses.at_once_button(t, at_once=on)) for on in (False, True)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Labels that show something a person wrote."""
    return [
        (cards.deck_button, cards.deck_button(t, deck(v, 3))),
        (cards.deck_button, cards.deck_button(t, replace(deck(v, 3), dialogue_title=""))),
        (cards.excerpt, cards.excerpt(t, said(v))),
        (cards.counted, cards.counted(t, v, 3)),
        (phrases.title_excerpt, phrases.title_excerpt(v)),
        *[
            (disclosure.naming_button, disclosure.naming_button(t, naming, v, chosen=False))
            for naming in (Naming.NAME, Naming.PSEUDONYM)
        ],
        (responses.to_what_i_said_button, responses.to_what_i_said_button(t, 1, said(v))),
    ]
