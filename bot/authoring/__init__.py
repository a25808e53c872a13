"""The dialogue file: how a facilitator writes a dialogue down, read and written without losing anything."""

from bot.authoring.dialogue_file import DialogueFile, DigestRhythm, FileQuestion, Source
from bot.authoring.faults import Code, Fault
from bot.authoring.reading import Read, read
from bot.authoring.writing import write

__all__ = ["Code", "DialogueFile", "DigestRhythm", "Fault", "FileQuestion", "Read", "Source", "read", "write"]
