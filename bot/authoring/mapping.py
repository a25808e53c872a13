"""A dialogue that isn't finished, as the mapping that its file would say (a draft): found in a file, and written as one."""

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any, get_args

from pydantic import BaseModel
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from bot.authoring import dialogue_file, keys, writing
from bot.authoring.dialogue_file import DialogueFile
from bot.authoring.tree import MappingNode, Node, ScalarNode, SequenceNode

Content = dict[str, Any]
"""By the keys of the file; every value is a text, a list or a mapping."""

_TIME_OF_DAY = re.compile(r"\d\d:\d\d")
_IN_ONE_LINE = frozenset({"languages", "digest", "retention"})


def content_of(dialogue: DialogueFile) -> Content:
    """A dialogue as such a mapping, of plain values alone."""
    return _of_known_keys(_plain(writing.written(dialogue)), DialogueFile, dialogue.source_language)


def grown_from(root: Node) -> Content | None:
    """What a tree says under the keys of a dialogue file; None where it has none of them."""
    said = _said(root)
    if not isinstance(said, dict):
        return None
    languages = said.get("languages")
    tags = languages if isinstance(languages, list) else str(languages or "").split(",")
    tags = [tag.strip() for tag in tags if isinstance(tag, str) and tag.strip()]
    content = _of_known_keys(said, DialogueFile, tags[0] if tags else "")
    if not content:
        return None
    return {**content, "languages": tags} if tags else content


def write_content(content: Content) -> str:
    """Such a mapping as YAML, keys in the documented order; `found_in` gives it back."""
    stream = StringIO()
    ordered = {key: content[key] for key in keys.DIALOGUE if key in content}
    writing.yaml().dump({key: _dressed(value, inline=key in _IN_ONE_LINE) for key, value in ordered.items()}, stream)
    return stream.getvalue()


def _dressed(value: Any, *, inline: bool = False) -> Any:
    """A value as a person would write it: long texts in blocks, times of day in quotes, what is short in one line."""
    match value:
        case str():
            if "\n" in value:
                return LiteralScalarString(f"{value}\n")
            return DoubleQuotedScalarString(value) if _TIME_OF_DAY.match(value) else value
        case Mapping():
            made: Any = CommentedMap({key: _dressed(held) for key, held in value.items()})
        case _:
            made = CommentedSeq([_dressed(each) for each in value])
    if inline or not value:
        made.fa.set_flow_style()
    return made


def _plain(value: Any) -> Any:
    match value:
        case str():
            return str(value).strip()
        case Mapping():
            return {str(key): _plain(held) for key, held in value.items()}
        case _:
            return [_plain(each) for each in value]


def _said(node: Node) -> Any:
    match node:
        case ScalarNode():
            return "" if node.is_empty else node.text.strip()
        case MappingNode():
            return {key.text: _said(value) for key, value in node.entries}
        case SequenceNode():
            return [_said(item) for item in node.items]


def _of_known_keys(said: Mapping[str, Any], model: type[BaseModel], source: str) -> Content:
    """What stands under the model's keys; a text in one language becomes a mapping, as all texts of a draft are."""
    return dict(_known(said, model, source))


def _known(said: Mapping[str, Any], model: type[BaseModel], source: str) -> Iterator[tuple[str, Any]]:
    for key, about in model.model_fields.items():
        value = said.get(key)
        if not value:
            continue
        each = next((part for part in get_args(about.annotation) if isinstance(part, type)), None)
        if about.annotation == dialogue_file.Texts and isinstance(value, str):
            yield key, {source: value} if source else {}
        elif each is not None and issubclass(each, BaseModel) and isinstance(value, list):
            yield key, [_of_known_keys(item, each, source) if isinstance(item, dict) else {} for item in value]
        else:
            yield key, value
