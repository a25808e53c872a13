from datetime import timedelta

from planting import MONDAY

from bot.telegram.receipts import EACH, MANY, PAUSE, Receipt, Receipts

SECOND = timedelta(seconds=1)
FLOODED = [*[Receipt.EACH] * EACH, Receipt.ALL, Receipt.NONE, Receipt.NONE]


def test_a_flood_is_thanked_for_once_after_a_few_single_thanks() -> None:
    receipts = Receipts()

    assert [receipts.give(7, number, MONDAY) for number in range(len(FLOODED))] == FLOODED


def test_who_goes_on_without_a_pause_is_not_thanked_again_and_after_one_each_message_is() -> None:
    receipts = Receipts()
    for number in range(100):
        last = receipts.give(7, number, MONDAY + number * SECOND)

    after = receipts.give(7, 100, MONDAY + 99 * SECOND + PAUSE)

    assert last is Receipt.NONE
    assert after is Receipt.EACH


def test_messages_with_time_between_them_are_thanked_for_one_by_one_even_if_all_arrive_at_once() -> None:
    receipts = Receipts()

    given = {receipts.give(7, number, MONDAY + number * PAUSE / EACH) for number in range(50)}

    assert given == {Receipt.EACH}


def test_a_flood_in_one_chat_is_none_in_another() -> None:
    receipts = Receipts()
    for number in range(20):
        receipts.give(7, number, MONDAY)

    assert receipts.give(8, 1, MONDAY) is Receipt.EACH


def test_a_message_that_is_handled_again_has_the_same_receipt_and_counts_once() -> None:
    receipts = Receipts()
    first = [receipts.give(7, number, MONDAY) for number in range(len(FLOODED))]

    again = [receipts.give(7, number, MONDAY) for number in range(len(FLOODED))]

    assert again == first


def test_chats_that_have_fallen_silent_are_forgotten() -> None:
    receipts = Receipts()
    for chat in range(3 * MANY):
        receipts.give(chat, 1, MONDAY + chat * SECOND)

    assert len(receipts._given) <= MANY + 1  # noqa: SLF001 - memory shows nowhere else
