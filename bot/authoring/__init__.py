"""The dialogue file: how a facilitator writes a dialogue down, read and written without losing anything."""

from bot import resources
from bot.authoring.dialogue_file import (
    DialogueFile,
    DigestRhythm,
    DocumentStyle,
    FileEvent,
    FileQuestion,
    Labels,
    Retention,
    Source,
)
from bot.authoring.faults import Code, Fault
from bot.authoring.likeness import looks_like_file
from bot.authoring.reading import Read, read, read_tree
from bot.authoring.source import MOST_BYTES
from bot.authoring.tree import planted
from bot.authoring.writing import write, written

EXAMPLE = resources.path_of("docs/examples/care-and-training.yaml")

__all__ = [
    "EXAMPLE",
    "MOST_BYTES",
    "Code",
    "DialogueFile",
    "DigestRhythm",
    "DocumentStyle",
    "Fault",
    "FileEvent",
    "FileQuestion",
    "Labels",
    "Read",
    "Retention",
    "Source",
    "looks_like_file",
    "planted",
    "read",
    "read_tree",
    "write",
    "written",
]
