import pytest

from bot.authoring import Code, read
from bot.authoring.quoting import quoted


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: [en, fr\nb: c\n", (Code.LIST_NEVER_CLOSED, 1, 4)),
        ("a: [b,\n  c\nd: e\n", (Code.LIST_NEVER_CLOSED, 1, 4)),
        ("x: y\na: {en: x\nb: c\n", (Code.BRACES_NEVER_CLOSED, 2, 4)),
        ("a: 'x\nb: c\n", (Code.QUOTE_NEVER_CLOSED, 1, 4)),
        ('a: "x\nb: c\n', (Code.QUOTE_NEVER_CLOSED, 1, 4)),
        ("a: {b: c}}\n", (Code.STRAY_BRACKET, 1, 10)),
        ("a: [b]]\n", (Code.STRAY_BRACKET, 1, 7)),
        ('a: "c:\\quit"\n', (Code.BACKSLASH, 1, 8)),
        ("a:\n\t- b\n", (Code.TAB, 2, 1)),
        ("a:\n  b: c\n\td: e\n", (Code.TAB, 3, 1)),
        ("a:\n  b: c\n d: e\n", (Code.INDENTATION, 3, 2)),
        ("a: b\n  c: d\n", (Code.INDENTATION, 2, 4)),
        ("a: b\n---\nc: d\n", (Code.SEVERAL_DOCUMENTS, 2, 1)),
        ("? [a, b]\n: c\n", (Code.KEY_NOT_TEXT, 1, 3)),
        ("just words\n", (Code.NOT_A_MAPPING, 1, 1)),
        ("- a\n- b\n", (Code.NOT_A_MAPPING, 1, 1)),
        ("", (Code.EMPTY_FILE, 1, 1)),
        ("# nothing\n", (Code.EMPTY_FILE, 1, 1)),
        ("a: b\x00c\n", (Code.CONTROL_CHARACTER, 1, 5)),
    ],
)
def test_what_is_no_yaml_is_refused_where_its_author_should_look(text: str, fault: tuple[Code, int, int]) -> None:
    outcome = read(text)

    assert outcome.dialogue is None
    assert fault in [(each.code, each.line, each.column) for each in outcome.errors]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("title: {en: Note: this}", 'title: {en: "Note: this"}'),
        ("title: {en: ?, es: Qué}", 'title: {en: "?", es: Qué}'),
        ("title: {fr: Voici : deux, en: Here, there: two}", 'title: {fr: "Voici : deux", en: "Here, there: two"}'),
        ("prompts: [Why: x, What?]", 'prompts: ["Why: x", "What?"]'),
        ("  - {text: First: a, opens: 2026-12-10T09:00}", '  - {text: "First: a", opens: "2026-12-10T09:00"}'),
        ("  - {title: {en: A: b}, url: c}", '  - {title: {en: "A: b"}, url: c}'),
        ('title: {en: "kept: so", fr: Ceci : cela}', 'title: {en: "kept: so", fr: "Ceci : cela"}'),
        ("title: Training: what next?", 'title: "Training: what next?"'),
        ("  - Why: because", '  - "Why: because"'),
        ('title: "Almost" an error: why', "title: '\"Almost\" an error: why'"),
        ("title: @all", 'title: "@all"'),
        ("title: `code`", 'title: "`code`"'),
    ],
)  # fmt: skip
def test_a_text_that_wants_quotes_is_shown_with_them(line: str, right: str) -> None:
    assert quoted(line) == right


@pytest.mark.parametrize(
    "line", ["title: {en: Note: this}", "title: {en: ?, es: Qué}", "title: Training: what next?", "title: @all"]
)
def test_a_line_that_wants_quotes_is_refused_with_the_line_as_it_should_be(line: str) -> None:
    (fault,) = [each for each in read(f"slug: quotes\n{line}\n").errors if each.code == Code.NEEDS_QUOTES]

    assert (fault.line, fault.params["right"]) == (2, quoted(line))


@pytest.mark.parametrize(
    ("prompts", "right"),
    [("[Why: x, What?]", '    prompts: ["Why: x", "What?"]'), ("\n      - Why: because", '      - "Why: because"')],
)
def test_a_prompt_with_a_colon_wants_quotes(prompts: str, right: str) -> None:
    faults = read(f"questions:\n  - text: x\n    prompts: {prompts}\n").errors

    assert [each.params["right"] for each in faults if each.code == Code.NEEDS_QUOTES] == [right]


@pytest.mark.parametrize(("line", "code"), [("title: *Really* so?", Code.REFERENCE), ("title: !Now", Code.TAG)])
def test_a_text_that_begins_like_a_reference_or_tag_is_shown_in_quotes(line: str, code: Code) -> None:
    (fault,) = [each for each in read(f"slug: abc\n{line}\n").errors if each.code == code]

    assert (fault.line, fault.params["right"]) == (2, line.replace(": ", ': "') + '"')


def test_of_braces_over_several_lines_no_single_line_is_shown() -> None:
    fault = read("title: {en: One,\n  es: Dos: tres}\n").errors[0]

    assert (fault.code, fault.line, fault.params["right"]) == (Code.NEEDS_QUOTES, 2, "")


def test_each_line_that_wants_quotes_is_told_and_the_rest_is_read_all_the_same() -> None:
    errors = read("title: {en: A: b}\nslug: x y\nsummary: {en: C: d}\n").errors

    assert [each.line for each in errors if each.code == Code.NEEDS_QUOTES] == [1, 3]
    assert Code.SLUG in [each.code for each in errors]


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("title: Qué será".encode("latin-1"), "Windows-1252"),
        ("title: Привет, участники".encode("cp1251"), "Windows-1251"),
        ("title: مرحبا بكم في الحوار".encode("cp1256"), "Windows-1256"),
        ("title: 培训改变什么内容".encode("gb18030"), "GB 18030"),
        ("title: Training".encode("utf-16"), "UTF-16"),
        ("title: Training".encode("utf-16-le"), "UTF-16"),
        ("title: Training".encode("utf-32"), "UTF-32"),
    ],
)
def test_a_file_in_another_encoding_is_told_which_it_looks_like(raw: bytes, encoding: str) -> None:
    (fault,) = read(raw).errors

    assert (fault.code, fault.params) == (Code.NOT_UTF8, {"encoding": encoding})


def test_the_place_of_a_byte_that_is_no_utf_8_is_told_in_characters() -> None:
    (fault,) = read("slug: abc\ntitle: é ".encode() + b"\xff\n").errors

    assert (fault.line, fault.column) == (2, 10)


BILLION_LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"a" * 10_000_000, Code.FILE_TOO_LARGE),
        (BILLION_LAUGHS, Code.REFERENCE),
        ("a: " + "[" * 90_000, Code.TOO_DEEP),
        ("a: " + "{b: " * 20_000, Code.TOO_DEEP),
        ("- " * 40_000, Code.TOO_DEEP),
        ("".join(" " * depth + "a:\n" for depth in range(1000)), Code.TOO_DEEP),
        ("a:\n" + "- x\n" * 200_000, Code.TOO_MANY_VALUES),
        ("title: !" + "!" * 1_000_000, Code.LINE_TOO_LONG),
        ("a: &x b\n<<: *x\n", Code.REFERENCE),
    ],
    ids=["large", "laughs", "lists", "braces", "hyphens", "indentation", "values", "line", "merge"],
)  # fmt: skip
def test_a_hostile_file_is_refused(source: bytes | str, code: Code) -> None:
    assert code in [each.code for each in read(source).errors]
