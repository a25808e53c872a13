from bot.core.messages import Content, TooLong


def test_what_is_bold_or_a_link_stays_so_where_what_is_typed_is_kept_as_authored() -> None:
    assert Content("text", "Come on Friday", markdown="Come on **Friday**").authored == "Come on **Friday**"
    assert Content("text", "Come on Friday").authored == "Come on Friday"


def test_who_wrote_too_much_can_be_told_how_much_and_how_much_there_may_be() -> None:
    refused = TooLong(1200, 1000)

    assert (refused.length, refused.limit) == (1200, 1000)
