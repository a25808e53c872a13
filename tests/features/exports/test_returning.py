import json

import pytest

from bot.features.exports.actions.returning import Foreign, ForeignKind, Returned, read
from bot.features.proposals.actions.claims import Claim, Tool


def report(*claims: dict[str, object]) -> dict[str, object]:
    return {"title": "R", "topics": [{"title": "T", "subtopics": [{"title": "S", "claims": list(claims)}]}]}


def claim(title: str, *quotes: str, similar: tuple[dict[str, object], ...] = ()) -> dict[str, object]:
    return {"title": title, "quotes": [{"id": "1", "text": quote} for quote in quotes], "similarClaims": list(similar)}


def test_a_report_of_talk_to_the_city_is_read_as_its_server_keeps_it_and_as_it_is_downloaded() -> None:
    found = report(claim("One", "a", "b", similar=(claim("Like it", "c"),)), claim("Two"))
    kept = {"data": ["v0.2", found], "metadata": ["v0.2", {}]}
    downloaded = ["v0.2", {"data": ["v0.2", found], "downloadTimestamp": 1}]

    for content in (kept, downloaded):
        assert read(json.dumps(content).encode()) == Returned(
            Tool.T3C, (Claim("One", "en", ("a", "b", "c")), Claim("Two", "en", ()))
        )


def test_statements_of_polis_are_read_but_those_its_moderators_rejected() -> None:
    content = 'comment-id,moderated,comment-body\n1,1,Yes\n2,-1,No\n3,0,"Perhaps, later"\n'

    assert read(content.encode("utf-8-sig")) == Returned(
        Tool.POLIS, (Claim("Yes", "en", ("Yes",)), Claim("Perhaps, later", "en", ("Perhaps, later",)))
    )


@pytest.mark.parametrize("column", ["quote", "representative_text"])
def test_opinions_of_sensemaker_are_read_with_all_they_were_found_in(column: str) -> None:
    content = f"participant_id;topic;opinion;{column}\n1;T;One;a\n2;T;One;b\n3;T;Other;c\n"

    assert read(content.encode()) == Returned(Tool.SENSEMAKER, (Claim("One", "en", ("a", "b")),))


def test_a_claim_is_in_the_language_it_is_written_in() -> None:
    content = "comment-body\nNous avons appris à écouter avant de parler.\n"

    found = read(content.encode(), ("es", "fr"), "es")

    assert isinstance(found, Returned)
    assert found.claims[0].language == "fr"


@pytest.mark.parametrize(
    "content",
    [
        *(
            b"",
            b"\xff\xfe",
            b"{}",
            b"[]",
            b"[[[[",
            b'{"topics": 7}',
            b'{"data": {"data": 1}}',
            b"a,b\n1,2\n",
            b"\x00\x00",
        ),
        b'{"topics": [{"subtopics": [{"claims": [{"title": 1}]}]}]}',
        b"[" * 100_000,
        b'comment-body\n"' + b"a" * 200_000,
    ],
    ids=range(12),
)
def test_what_is_no_such_file_is_told_from_one(content: bytes) -> None:
    assert isinstance(read(content), Foreign)


def test_what_is_amiss_with_a_file_is_told_from_what_it_is() -> None:
    assert read("Straße".encode("latin-1")) == Foreign(ForeignKind.NO_TEXT)
    assert read(b'{"topics": [\n{"title": "T",\n') == Foreign(ForeignKind.BROKEN, line=3)
    assert read(b'{"topics": []}') == Returned(Tool.T3C, ())
    assert read(b'{"rows": []}') == Foreign(ForeignKind.OTHER_DATA)
    assert read(b"Name;,Opinion;\nx;y\n") == Foreign(ForeignKind.OTHER_TABLE, headings=("Name", ",Opinion"))
