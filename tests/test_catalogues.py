import ast
import gettext
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from bot.core.rights import Right
from bot.features.menu import texts
from bot.i18n import LANGUAGES, LOCALES, SOURCE, translator

ROOT = LOCALES.parent
FOLDERS = [language.folder for tag, language in LANGUAGES.items() if tag != SOURCE]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
COUNTS = {"count", "total", "reached", "replied"}  # what a plural form that serves a single number may leave out
LEAST_MESSAGES = 200
BUTTON_LENGTH = 40

# Babel's, but for those whose rule it has otherwise than CLDR.
PLURALS = {folder: get_plural(folder)[:2] for folder in FOLDERS} | {
    "ar": (6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)")
}

SECOND_WORDS = {  # beside those of the table of terms (docs/glossary.md): of the moderators, the chat, a follow-up, what is saved, a quote
    "ar": r"فريق الإشراف(?!,)|تيليجرام",
    "fr": r"\b(?:le|ce) chat\b|[Rr]elance (?:de la question|après)",
    "pt": r"\b[Ss]alv(?:ar|ou)\b|(?<! a )\b[Ss]alvo\b",
    "zh_Hans": r"引文",
}

# Values as short as buttons usually carry; keyboards cut what is longer.
ON_BUTTONS = {
    "clock": "10:30",
    "count": "4",
    "dialogue": "Training",
    "index": "5",
    "kind": "voice message",
    "label": "Different where I work",
    "language": "Français",
    "languages": "EN, ES, FR",
    "name": "Cedar 27",
    "number": "10",
    "place": "Yekaterinburg",
    "title": "Training",
}


def path_of(folder: str) -> Path:
    return LOCALES / folder / "LC_MESSAGES" / "messages.po"


def catalogue(folder: str) -> Catalog:
    with path_of(folder).open("rb") as file:
        return read_po(file, locale=folder)


def messages_of(read: Catalog) -> list[Message]:
    return [message for message in read if message.id]


def keys_of(read: Catalog) -> set[tuple[object, object]]:
    return {(message.context, message.id) for message in messages_of(read)}


def forms_of(text: object) -> tuple[str, ...]:
    """A message's forms: one, or as many as there are plural forms."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


@pytest.fixture(scope="session")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make messages` would extract from the code now."""
    (line,) = re.findall(
        r"^\t@?(.*\bpybabel .*\bextract .*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    words = shlex.split(line.replace("$(BIN)", str(Path(sys.executable).parent)))
    words[words.index("locales/messages.pot")] = str(target)
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - the Makefile's own command
    return read_po(io.BytesIO(target.read_bytes()))


def test_the_template_is_what_the_code_says_now(extracted: Catalog) -> None:
    template = read_po(io.BytesIO((LOCALES / "messages.pot").read_bytes()))

    assert keys_of(template) == keys_of(extracted)


def test_the_bot_has_its_words_marked_for_translation(extracted: Catalog) -> None:
    assert len(keys_of(extracted)) >= LEAST_MESSAGES


def test_every_catalogue_belongs_to_a_shipped_language() -> None:
    assert sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/messages.po")) == sorted(FOLDERS)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_catalogue_has_exactly_the_messages_of_the_code(folder: str, extracted: Catalog) -> None:
    here = keys_of(catalogue(folder))

    assert here - keys_of(extracted) == set()
    assert keys_of(extracted) - here == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_catalogue_is_complete(folder: str) -> None:
    read = catalogue(folder)

    untranslated = [message.id for message in messages_of(read) if not all(forms_of(message.string))]
    fuzzy = [message.id for message in messages_of(read) if message.fuzzy]
    assert untranslated == []
    assert fuzzy == []
    assert list(read.obsolete) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_gettext_s_own_check_finds_nothing(folder: str) -> None:
    checker = shutil.which("msgfmt")
    if checker is None:
        reason = "msgfmt is not installed (apt install gettext)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)

    command = [str(checker), "--check", "--output-file=/dev/null", str(path_of(folder))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command line

    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_plural_rule_is_the_language_s_own(folder: str) -> None:
    read = catalogue(folder)

    assert (read.num_plurals, read.plural_expr) == PLURALS[folder]
    plurals = [message for message in messages_of(read) if message.pluralizable]
    assert {len(forms_of(message.string)) for message in plurals} == {read.num_plurals}


def forms_of_one_number(folder: str) -> set[int]:
    """The plural forms that serve one number alone, such as Arabic's for 0, 1 and 2."""
    rule = gettext.c2py(PLURALS[folder][1])
    served = Counter(rule(number) for number in range(1000))
    return {form for form, numbers in served.items() if numbers == 1}


def wrong_placeholders(folder: str) -> Iterator[tuple[object, str]]:
    may_leave_out = forms_of_one_number(folder)
    for message in messages_of(catalogue(folder)):
        wanted = {name for form in forms_of(message.id) for name in PLACEHOLDER.findall(form)}
        for index, form in enumerate(forms_of(message.string)):
            found = set(PLACEHOLDER.findall(form))
            optional = COUNTS if message.pluralizable and index in may_leave_out else set()
            if form and not wanted - optional <= found <= wanted:
                yield message.id, form


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_translation_has_the_placeholders_of_its_source(folder: str) -> None:
    assert list(wrong_placeholders(folder)) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_nobody_is_given_a_gender_by_a_sign_or_by_brackets(folder: str) -> None:
    sign = re.compile(r"\w[·•]\w|\w\(\w{1,3}\)")  # déconnecté·e, seul(e)

    given = [form for message in messages_of(catalogue(folder)) for form in forms_of(message.string)]
    assert [form for form in given if sign.search(form)] == []


@pytest.mark.parametrize("folder", SECOND_WORDS)
def test_what_has_a_word_has_no_second_one(folder: str) -> None:
    second = re.compile(SECOND_WORDS[folder])

    said = [form for message in messages_of(catalogue(folder)) for form in forms_of(message.string)]
    assert [form for form in said if second.search(form)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_translation_can_be_filled(folder: str) -> None:
    for message in messages_of(catalogue(folder)):
        values = {name: "x" for form in forms_of(message.id) for name in PLACEHOLDER.findall(form)}
        for form in forms_of(message.string):
            filled = form % values if values else form
            assert "%(" not in filled


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_translation_begins_and_ends_like_its_source(folder: str) -> None:
    edges = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
    for message in messages_of(catalogue(folder)):
        if message.context == "list separator":
            continue  # Chinese has no space after it
        (wanted, *_), forms = forms_of(message.id), forms_of(message.string)
        assert {edges.sub(r"\1|\2", form) for form in forms if form} <= {edges.sub(r"\1|\2", wanted)}


@pytest.mark.parametrize("folder", [*FOLDERS, SOURCE])
def test_a_label_fits_on_a_button(folder: str, extracted: Catalog) -> None:
    read = extracted if folder == SOURCE else catalogue(folder)
    labels = [
        form % ON_BUTTONS if PLACEHOLDER.search(form) else form
        for message in messages_of(read)
        if message.context == "button"
        for form in forms_of(message.id if folder == SOURCE else message.string)
    ]

    assert labels
    assert [label for label in labels if len(label) > BUTTON_LENGTH] == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_bot_s_face_fits_into_telegram_s_limits(tag: str) -> None:
    t = translator(tag)

    # Bot API: BotCommand.description 1-256 characters, setMyDescription 0-512, setMyShortDescription 0-120.
    abouts = [about for _, about in texts.member_commands(t) + texts.team_commands(t, tuple(Right), with_pages=True)]
    assert [about for about in abouts if not 1 <= len(about) <= 256] == []
    assert 1 <= len(texts.description(t)) <= 512
    assert 1 <= len(texts.short_description(t)) <= 120


def marked_inside_f_strings(source: str) -> list[int]:
    """The lines of f-strings with a call that marks words for translation inside: extraction doesn't find these."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Call)
        and (getattr(inner.func, "attr", "") or getattr(inner.func, "id", "")) in {"gettext", "ngettext", "pgettext"}
    ]


def marked_f_strings(source: str) -> list[int]:
    """The lines where an f-string itself is marked for translation: it would be looked up after its values are in."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"gettext", "ngettext", "pgettext"}
        and any(isinstance(argument, ast.JoinedStr | ast.BinOp) for argument in node.args)
    ]


@pytest.mark.parametrize("find", [marked_inside_f_strings, marked_f_strings])
def test_no_words_for_translation_are_joined_from_pieces(find: Callable[[str], list[int]]) -> None:
    found = {path.name: find(path.read_text(encoding="utf-8")) for path in (ROOT / "bot").rglob("*.py")}

    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("find", "offence"),
    [
        (marked_inside_f_strings, "f'<b>{t.gettext('Hello')}</b>'"),
        (marked_f_strings, "t.gettext(f'Hello {name}')"),
        (marked_f_strings, "t.gettext('Hello ' + name)"),
    ],
)
def test_the_gate_finds_what_it_is_there_for(find: Callable[[str], list[int]], offence: str) -> None:
    assert find(offence.replace("'<b>", '"<b>').replace("</b>'", '</b>"')) == [1]
