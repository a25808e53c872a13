"""What is said around others' replies, members' answers to each other, who sees what, and the week before."""

from dataclasses import replace

from samples import KEPT, NOW, ZONE, asked, author

from bot import phrases
from bot.core.authors import Author
from bot.features.discussion.actions.cards import Card, Deck, Words
from bot.features.discussion.actions.deck import COUNTED, Came, Neighbours
from bot.features.discussion.actions.frames import Before, Frame
from bot.features.discussion.actions.highlights import Highlights
from bot.features.discussion.actions.quick_replies import Chimes
from bot.features.discussion.actions.responses import Response, Thread
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.texts import cards as card_texts
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.discussion.texts import responses as response_texts
from bot.features.discussion.texts import terms as term_texts
from bot.features.translations.actions.translations import Translated
from bot.i18n import Translator
from bot.models import Audience, Naming, RungKind
from bot.phrases import signatures
from said.phrases import COUNTS, Said, each

NAMELESS = Author(Naming.ANONYMOUS, None, None)
BEFORE = Before(1, 1, Came(34, 5, 21))
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
        place=(3, 12),
        replied_at=NOW,
        zone=ZONE,
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
        kept=KEPT,
    )


def words(t: Translator) -> list[Said]:
    """What shows nothing a person wrote."""
    nothing = Thread(1, said("Hm"), (), 0, 0, more=False)
    return [
        (card_texts.decks, card_texts.decks(t, [])),
        *[(card_texts.decks, card_texts.decks(t, [deck("Step", count)])) for count in COUNTABLE],
        *[(card_texts.no_cards, card_texts.no_cards(t, language)) for language in (None, "es")],
        *each((card_texts.choose_filter, card_texts.not_readable), t),
        (card_texts.question_line, card_texts.question_line(t, 2, "")),
        *[
            (signatures.who_sees, signatures.who_sees(t, NAMELESS, audience, waits=waits))
            for audience in Audience
            for waits in (False, True)
        ],
        (term_texts.of_terms, term_texts.of_terms(t, terms("", Audience.MEMBERS, NAMELESS))),
        (highlight_texts.key_points, highlight_texts.key_points(t, ("A *point*.", "Another."))),
        (term_texts.earlier_renamed, term_texts.earlier_renamed(t)),
        (response_texts.write_example, response_texts.write_example(t, None)),
        (response_texts.write_answer, response_texts.write_answer(t, 2)),
        *each((response_texts.given_up, response_texts.sure_to_report), t),
        *[(response_texts.reported, response_texts.reported(t, is_new=is_new)) for is_new in (False, True)],
        (card_texts.by, card_texts.by(t, replace(said(""), author=replace(NAMELESS, is_moderator=True)))),
        (response_texts.thread, response_texts.thread(t, nothing, 5)),
        *[(card_texts.replies, card_texts.replies(t, count)) for count in COUNTABLE],
        *[(highlight_texts.came, highlight_texts.came(t, Before(1, 1, Came(n, n, n)))) for n in COUNTABLE],
        *[(response_texts.news, response_texts.news(t, count, ())) for count in COUNTS[1:]],
        *[(response_texts.at_once_changed, response_texts.at_once_changed(t, at_once=on)) for on in (False, True)],
    ]


def filled(t: Translator, v: str) -> list[Said]:
    """What shows something a person wrote."""
    short = said(v[:250].strip())
    by_member = replace(said(v), translated=Translated(v, author(v), None))
    by_service = replace(said(v), translated=Translated(v, None, v))
    thread = Thread(1, short, (Response(2, 1, short), Response(3, 2, short)), 7, 1, more=True)
    told = Highlights(1, 1, ("A *point*.",), (short, replace(short, translated=Translated(v[:250].strip(), None, v))))
    frame = Frame(1, 3, Chimes({}, None), terms(v, Audience.MEMBERS), told, BEFORE, reminded=True)
    return [
        (card_texts.decks, card_texts.decks(t, [deck(v, 3)])),
        (card_texts.question_line, card_texts.question_line(t, 2, v)),
        *[
            (card_texts.card, card_texts.card(t, replace(card(v), words=words)))
            for words in (said(v), by_member, by_service, replace(said(""), kind="voice", files=1))
        ],
        (card_texts.card, card_texts.card(t, replace(card(v), own=True, words=by_member), original=True)),
        (card_texts.responding_to, card_texts.responding_to(t, short)),
        (card_texts.source, card_texts.source(t, by_member)),
        (
            card_texts.translated_notice,
            card_texts.translated_notice(t, replace(short, translated=Translated(v[:250], author(v), None))),
        ),
        *[
            (signatures.who_sees, signatures.who_sees(t, author(v), audience, waits=waits))
            for audience in Audience
            for waits in (False, True)
        ],
        (term_texts.of_terms, term_texts.of_terms(t, terms(v, Audience.MEMBERS))),
        *[
            (term_texts.choose, term_texts.choose(t, terms(v, Audience.MEMBERS, reply_id=reply_id)))
            for reply_id in (None, 1)
        ],
        (term_texts.choose, term_texts.choose(t, replace(terms(v, Audience.MEMBERS, reply_id=1), is_rule=True))),
        (response_texts.write_response, response_texts.write_response(t, short)),
        (response_texts.write_example, response_texts.write_example(t, short)),
        (response_texts.responded, response_texts.responded(t, short, terms(v, Audience.MEMBERS))),
        (response_texts.thread, response_texts.thread(t, thread, 5)),
        (response_texts.news, response_texts.news(t, 2, [short, short])),
        (response_texts.news, response_texts.news(t, 2, [short, short], [v, v])),
        *[(shown, shown(t, short)) for shown in (card_texts.said, card_texts.in_short)],
        *[(card_texts.by, card_texts.by(t, short, own=own)) for own in (False, True)],
        (highlight_texts.above, highlight_texts.above(t, told, room=4000)),
        (highlight_texts.framed, highlight_texts.framed(t, asked(v), frame)),
    ]


def plain_words(t: Translator) -> list[Said]:
    """Labels and notices that show nothing a person wrote."""
    return [
        *[(card_texts.read_button, card_texts.read_button(t, count)) for count in COUNTABLE],
        *[(card_texts.next_button, card_texts.next_button(t, unread=unread)) for unread in (False, True)],
        *[(card_texts.original_button, card_texts.original_button(t, original=original)) for original in (False, True)],
        *each((card_texts.previous_button, card_texts.all_questions_button, card_texts.card_button), t),
        *[(card_texts.filter_button, card_texts.filter_button(t, language)) for language in (None, "es")],
        *[(card_texts.language_button, card_texts.language_button(t, language, 3)) for language in (None, "es")],
        (card_texts.open_button, card_texts.open_button(t, replace(said(""), kind="voice", files=1))),
        *[
            (card_texts.rung_button, card_texts.rung_button(t, kind, count, mine=bool(count)))
            for kind in RungKind
            for count in COUNTABLE
        ],
        *[(card_texts.chimed, card_texts.chimed(t, kind)) for kind in (None, *RungKind)],
        *each((term_texts.rule_button, term_texts.rename_earlier_button), t),
        *[(card_texts.example_button, card_texts.example_button(t, mine=mine)) for mine in (False, True)],
        *[
            (highlight_texts.read_before_button, highlight_texts.read_before_button(t, Before(1, 1, Came(n, 1, n))))
            for n in COUNTABLE
        ],
        (response_texts.open_thread_button, response_texts.open_thread_button(t, None)),
        *[
            (term_texts.audience_button, term_texts.audience_button(t, audience, chosen=chosen))
            for audience in Audience
            for chosen in (False, True)
        ],
        (term_texts.naming_button, term_texts.naming_button(t, Naming.ANONYMOUS, "", chosen=True)),
        *each((response_texts.never_mind_button, response_texts.elsewhere_button, response_texts.respond_button), t),
        *each((response_texts.back_to_card_button, response_texts.report_button), t),
        (response_texts.still_answer_button, response_texts.still_answer_button(t, 2)),
        (highlight_texts.replies_button, highlight_texts.replies_button(t, 2)),
        *[(response_texts.responses_button, response_texts.responses_button(t, count)) for count in COUNTS],
        *[(response_texts.at_once_button, response_texts.at_once_button(t, at_once=on)) for on in (False, True)],
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """Labels that show something a person wrote."""
    return [
        (card_texts.deck_button, card_texts.deck_button(t, deck(v, 3))),
        (card_texts.deck_button, card_texts.deck_button(t, replace(deck(v, 3), dialogue_title=""))),
        (card_texts.excerpt, card_texts.excerpt(t, said(v))),
        (card_texts.counted, card_texts.counted(t, v, 3)),
        (response_texts.still_answer_button, response_texts.still_answer_button(t, 2, v)),
        (phrases.title_excerpt, phrases.title_excerpt(v)),
        *[
            (term_texts.naming_button, term_texts.naming_button(t, naming, v, chosen=False))
            for naming in (Naming.NAME, Naming.PSEUDONYM)
        ],
        (response_texts.open_thread_button, response_texts.open_thread_button(t, said(v))),
    ]
