import pytest

from bot.markup.typography import spaced


@pytest.mark.parametrize(
    ("typed", "set_in_type"),
    [
        ("Qui paie ?", "Qui paie\u202f?"),
        ("Ici : « là » ; non !", "Ici\u00a0: «\u00a0là\u00a0»\u202f; non\u202f!"),
        ("Déjà\u00a0?", "Déjà\u202f?"),
        ("[ici](https://example.org/?a=1) : oui", "[ici](https://example.org/?a=1)\u00a0: oui"),
        ("Sans espace: ainsi?", "Sans espace: ainsi?"),
    ],
)
def test_french_marks_part_from_no_line_s_end(typed: str, set_in_type: str) -> None:
    assert spaced(typed, "fr-CA") == set_in_type
    assert spaced(typed, "en") == typed
