"""The dialogue file: how a facilitator writes a dialogue down, read and written without losing anything."""

from bot import resources
from bot.authoring.dialogue_file import (
    DialogueFile,
    DigestRhythm,
    DocumentStyle,
    FileEvent,
    FileQuestion,
    Labels,
    Recording,
    Retention,
    Source,
)
from bot.authoring.faults import Code, Fault, Position
from bot.authoring.likeness import looks_like_file
from bot.authoring.manuscripts.labels import label_of, word_of
from bot.authoring.manuscripts.packages import MOST_BYTES as MOST_BYTES_OF_MANUSCRIPT
from bot.authoring.manuscripts.packages import is_office
from bot.authoring.manuscripts.reading import found_in, looks_like_manuscript, read_any
from bot.authoring.mapping import Content, content_of, grown_from, write_content
from bot.authoring.reading import Read, read, read_tree
from bot.authoring.recordings import fingerprint, written_recording
from bot.authoring.source import MOST_BYTES
from bot.authoring.tree import planted
from bot.authoring.writing import write, written

EXAMPLE = resources.path_of("docs/examples/care-and-training.yaml")

__all__ = [
    "EXAMPLE",
    "MOST_BYTES",
    "MOST_BYTES_OF_MANUSCRIPT",
    "Code",
    "Content",
    "DialogueFile",
    "DigestRhythm",
    "DocumentStyle",
    "Fault",
    "FileEvent",
    "FileQuestion",
    "Labels",
    "Position",
    "Read",
    "Recording",
    "Retention",
    "Source",
    "content_of",
    "fingerprint",
    "found_in",
    "grown_from",
    "is_office",
    "label_of",
    "looks_like_file",
    "looks_like_manuscript",
    "planted",
    "read",
    "read_any",
    "read_tree",
    "word_of",
    "write",
    "write_content",
    "written",
    "written_recording",
]
