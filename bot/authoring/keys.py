"""The keys of a dialogue file, in the order in which they are documented and written."""

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

DIALOGUE = tuple(DialogueFile.model_fields)
DIGEST = tuple(DigestRhythm.model_fields)
RETENTION = tuple(Retention.model_fields)
DOCUMENT = tuple(DocumentStyle.model_fields)
LABELS = tuple(Labels.model_fields)
QUESTION = tuple(FileQuestion.model_fields)
EVENT = tuple(FileEvent.model_fields)
SOURCE = tuple(Source.model_fields)
ALL = frozenset(DIALOGUE + DIGEST + RETENTION + DOCUMENT + LABELS + QUESTION + EVENT + SOURCE)
