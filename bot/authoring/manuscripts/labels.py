"""The label of a row or heading: which place of a dialogue file it names ("Question 2: title"), read and written in any shipped language."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from bot.authoring import keys
from bot.authoring.dialogue_file import DialogueFile
from bot.authoring.manuscripts import terms, vocabulary

Path = tuple[str | int, ...]

# What an item of such a list says when nothing more is named; the first key stands there where no other does.
_OWN_TEXT = {"questions": "text", "sources": "title", "events": "title"}
_PLACE = re.compile(r"[a-z_]+(\[\d+\])?(\.[a-z_-]+(\[\d+\])?)*")
_STEP = re.compile(r"([A-Za-z_-]+)(?:\[(\d+)\])?")
_NUMBERED = re.compile(r"(?P<word>.*?)(?:\s+n[o.º°]+)?\s*(?P<number>\d{1,3})\s*[.)]?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?P<number>\d{1,3})\s*(?:[.)ªº°]|-?[йя]|[eè]me|st|nd|rd|th)?\s*(?P<word>\D+)", re.IGNORECASE)
_PARTS = re.compile(r"\s*[:：/]\s*|\s+[-–—]\s+")


def written(path: Path, language: str) -> str:
    """A place as a person would name it, in the words of a language."""
    steps = list(path)
    if len(steps) > 1 and steps[-1] == _OWN_TEXT.get(str(steps[0])) and isinstance(steps[1], int):
        steps.pop()
    said: list[str] = []
    for step in steps:
        if isinstance(step, int):
            said[-1] = f"{said[-1]} {step + 1}"
        else:
            said.append(vocabulary.written(step, language))
    return ": ".join(said)


def word_of(key: str, language: str) -> str:
    """What a key of a dialogue file is called in documents of a language."""
    return vocabulary.written(key, language)


def label_of(place: str, language: str) -> str:
    """The place of a fault ("questions[0].text.es") as a person would name it, without the language; as it is where it has no name."""
    steps = tuple(step for step in _steps(place) if isinstance(step, int) or step in keys.ALL)
    return written(steps, language) if steps and isinstance(steps[0], str) else place


def read(label: str) -> Path | None:
    """The place that a label names, None where it names none."""
    label = label.strip().rstrip(":：*").strip()
    if _PLACE.fullmatch(label) and _STEP.match(label)[1] in keys.ALL:  # type: ignore[index]  # the pattern is its beginning
        return _completed(tuple(_steps(label)))
    path: Path = ()
    for part in _PARTS.split(label):
        step = _step(part, path)
        if step is None:
            return None
        path += step
    return _completed(path)


def _steps(place: str) -> Iterator[str | int]:
    for key, index in _STEP.findall(place):
        yield key
        if index:
            yield int(index)


def _step(part: str, path: Path) -> Path | None:
    """One part of a label, below the place that the parts before it name."""
    for key in vocabulary.meanings(part):
        if _fits(key, path):
            return (key,)
    found = _NUMBERED.fullmatch(part) or _ORDINAL.fullmatch(part)
    if not found or int(found["number"]) < 1:
        return None
    index = int(found["number"]) - 1
    for key in vocabulary.meanings(found["word"]):
        key = {terms.ALL_QUESTIONS: "questions", terms.ALL_SOURCES: "sources"}.get(key, key)  # noqa: PLW2901
        if _fits(key, path):
            return (key, index)
    return None


def _fits(key: str, path: Path) -> bool:
    """Whether the dialogue file has a key at a place."""
    model = _model_at(tuple(step for step in path if isinstance(step, str)))
    return model is not None and key in model.model_fields


@cache
def _model_at(steps: tuple[str, ...]) -> type[BaseModel] | None:
    """What holds the keys below some others; None where there are only texts."""
    model: type[BaseModel] | None = DialogueFile
    for step in steps:
        model = _models_in(model.model_fields[step].annotation) if model and step in model.model_fields else None
    return model


def _models_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_models_in, get_args(annotation))), None)


def _completed(path: Path) -> Path:
    if len(path) == 2 and isinstance(path[1], int):  # noqa: PLR2004 - a list and which item
        own = _OWN_TEXT.get(str(path[0]))
        return (*path, own) if own else path
    return path
