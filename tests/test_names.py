import ast
from collections import defaultdict
from pathlib import Path

import bot

HOUSE = Path(bot.__file__).parent
OF_ITS_OWN = "sandbox"  # a world of its own, in Telegram's words: no other room imports it


def places_of_classes() -> dict[str, list[str]]:
    """By name, the modules in which a class is defined."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(HOUSE.rglob("*.py")):
        module = path.relative_to(HOUSE)
        if module.parts[0] != OF_ITS_OWN:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(module.as_posix())
    return found


def test_a_class_s_name_means_one_thing() -> None:
    assert {name: modules for name, modules in places_of_classes().items() if len(modules) > 1} == {}
