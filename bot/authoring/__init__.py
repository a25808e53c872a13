"""The dialogue file: how a facilitator writes a dialogue down, read and written without losing anything."""

from bot import resources
from bot.authoring.dialogue_file import DialogueFile, DigestRhythm, FileQuestion, Retention, Source
from bot.authoring.faults import Code, Fault
from bot.authoring.likeness import looks_like_file
from bot.authoring.mapping import Content, content_of, found_in, grown_from, write_content
from bot.authoring.reading import Read, read, read_tree
from bot.authoring.source import MOST_BYTES
from bot.authoring.tree import planted
from bot.authoring.writing import write, written

EXAMPLE = resources.path_of("docs/examples/care-and-training.yaml")

__all__ = [
    "EXAMPLE",
    "MOST_BYTES",
    "Code",
    "Content",
    "DialogueFile",
    "DigestRhythm",
    "Fault",
    "FileQuestion",
    "Read",
    "Retention",
    "Source",
    "content_of",
    "found_in",
    "grown_from",
    "looks_like_file",
    "planted",
    "read",
    "read_tree",
    "write",
    "write_content",
    "written",
]
