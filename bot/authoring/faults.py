"""What is wrong with a dialogue file, and where: plain values, which the texts turn into sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """Kinds of fault; a comment names the params that its sentence needs beside the place."""

    # The file as a whole
    FILE_TOO_LARGE = "file_too_large"  # limit (KiB)
    NOT_UTF8 = "not_utf8"  # encoding
    CONTROL_CHARACTER = "control_character"  # character
    LINE_TOO_LONG = "line_too_long"  # limit
    EMPTY_FILE = "empty_file"
    NOT_A_MAPPING = "not_a_mapping"

    # YAML; `right` is the line as it should be, or empty
    NEEDS_QUOTES = "needs_quotes"  # right
    LIST_NEVER_CLOSED = "list_never_closed"  # opened (line)
    BRACES_NEVER_CLOSED = "braces_never_closed"  # opened (line)
    QUOTE_NEVER_CLOSED = "quote_never_closed"  # opened (line)
    STRAY_BRACKET = "stray_bracket"
    BACKSLASH = "backslash"
    TAB = "tab"
    INDENTATION = "indentation"
    NOT_YAML = "not_yaml"
    REFERENCE = "reference"  # right
    TAG = "tag"  # right
    SEVERAL_DOCUMENTS = "several_documents"
    TOO_DEEP = "too_deep"  # limit
    TOO_MANY_VALUES = "too_many_values"  # limit
    KEY_NOT_TEXT = "key_not_text"

    # Shape
    UNKNOWN_KEY = "unknown_key"  # key, suggestion
    DUPLICATE_KEY = "duplicate_key"  # key, first (line)
    MISSING_KEY = "missing_key"  # key
    COMMA_IN_BRACES = "comma_in_braces"  # right
    EXPECTED_KEYS = "expected_keys"  # keys
    EXPECTED_LIST = "expected_list"
    EXPECTED_TEXT = "expected_text"
    EMPTY = "empty"

    # Forms
    SLUG = "slug"  # value, suggestion
    LANGUAGE_TAG = "language_tag"  # value, suggestion
    DUPLICATE_LANGUAGE = "duplicate_language"  # language
    TIMEZONE = "timezone"  # value, suggestion, city (which it is the zone of, where its name doesn't say so)
    PERIOD = "period"  # value
    MOMENT = "moment"  # value
    CLOCK = "clock"  # value
    QUIET_HOURS = "quiet_hours"  # value
    CHOICE = "choice"  # value, choices, suggestion
    ADDRESS = "address"  # value
    DIGEST_FORM = "digest_form"
    DIGEST_TOO_OFTEN = "digest_too_often"  # value
    DAY_WITHOUT_WEEK = "day_without_week"
    RETENTION_FORM = "retention_form"
    DOCUMENT_FORM = "document_form"
    LABELS_FORM = "labels_form"
    KEPT_FOR = "kept_for"  # value
    KEPT_TOO_SHORT = "kept_too_short"  # value, least
    KEPT_BEYOND_DIALOGUE = "kept_beyond_dialogue"
    KEPT_FOR_EVER = "kept_for_ever"

    # Texts
    NO_TEXT_IN_LANGUAGE = "no_text_in_language"  # language
    NO_TEXT_IN_SOURCE_LANGUAGE = "no_text_in_source_language"  # language
    LANGUAGE_NOT_LISTED = "language_not_listed"  # value, languages, suggestion
    TEXT_TOO_LONG = "text_too_long"  # language, length, limit
    MESSAGE_TOO_LONG = "message_too_long"  # language, length, limit
    TOO_MANY_QUESTIONS = "too_many_questions"  # count, limit
    FILE_ID = "file_id"  # value
    STALE_RECORDING = "stale_recording"  # language

    # Times
    ENDS_BEFORE_START = "ends_before_start"  # starts, ends
    OPENS_BEFORE_START = "opens_before_start"  # number, opens, starts
    OPENS_BEFORE_PREVIOUS = "opens_before_previous"  # number, opens, previous, previous_opens
    OPENS_AFTER_END = "opens_after_end"  # number, opens, ends
    CLOSES_BEFORE_OPENING = "closes_before_opening"  # number, opens, closes
    CLOSES_AFTER_END = "closes_after_end"  # number, closes, ends
    REMINDER_BEFORE_OPENING = "reminder_before_opening"  # number

    # Word files, workbooks and plain texts
    OLD_OFFICE = "old_office"
    OTHER_OFFICE = "other_office"  # kind
    MACROS = "macros"
    DAMAGED = "damaged"
    UNPACKS_TOO_LARGE = "unpacks_too_large"  # limit (MiB)
    TOO_LONG_TO_READ = "too_long_to_read"  # limit (paragraphs, or rows)
    NOTHING_UNDERSTOOD = "nothing_understood"
    MERGED_CELLS = "merged_cells"
    FORMULA = "formula"
    ERROR_IN_CELL = "error_in_cell"  # value
    DATE_WITHOUT_TIME = "date_without_time"  # value, suggestion
    AMBIGUOUS_DATE = "ambiguous_date"  # value, first, second
    UNKNOWN_ROW = "unknown_row"  # value, suggestion
    UNKNOWN_COLUMN = "unknown_column"  # value, suggestion
    TABLE_NOT_UNDERSTOOD = "table_not_understood"
    HEADING_NOT_UNDERSTOOD = "heading_not_understood"  # value
    STRAY_TEXT = "stray_text"
    SEVERAL_LANGUAGES = "several_languages"  # language, other
    OTHER_LANGUAGE = "other_language"  # language, other
    SOURCE_WITHOUT_ADDRESS = "source_without_address"
    STRUCK_OUT = "struck_out"
    TWICE = "twice"
    NUMBER_MISSING = "number_missing"  # number
    CELL_LEFT_OUT = "cell_left_out"
    PICTURE_LEFT_OUT = "picture_left_out"
    NOTE_LEFT_OUT = "note_left_out"
    BOX_LEFT_OUT = "box_left_out"
    SUMMARY_PART_LEFT_OUT = "summary_part_left_out"  # value
    DATES_LEFT_OUT = "dates_left_out"


WARNINGS = frozenset(
    {
        Code.NO_TEXT_IN_LANGUAGE,
        Code.STALE_RECORDING,
        Code.REMINDER_BEFORE_OPENING,
        Code.KEPT_FOR_EVER,
        Code.OTHER_LANGUAGE,
        Code.CELL_LEFT_OUT,
        Code.PICTURE_LEFT_OUT,
        Code.NOTE_LEFT_OUT,
        Code.BOX_LEFT_OUT,
        Code.SUMMARY_PART_LEFT_OUT,
        Code.DATES_LEFT_OUT,
    }
)


@dataclass(frozen=True)
class Position:
    """Where in a manuscript something stands: a line of a text, a cell of a sheet ("C7"), a paragraph, or a cell of a table, from 1.

    `words` are the first of what stands there, by which people find it.
    """

    line: int = 0
    sheet: str = ""
    cell: str = ""
    paragraph: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    words: str = ""


@dataclass(frozen=True)
class Fault:
    """One fault. `place` is a path such as `questions[0].text`, empty for the file itself; line and column count from 1.

    In a manuscript it has a `spot` in place of these, if it is about one; its line tells the order alone.
    """

    code: Code
    place: str
    line: int
    column: int
    params: Mapping[str, str | int] = field(default_factory=dict)
    spot: Position | None = None

    @property
    def is_in_manuscript(self) -> bool:
        """Whether it is about a manuscript, which has spots, or is told of as a whole."""
        return self.spot is not None or not self.line

    @property
    def is_warning(self) -> bool:
        """Whether the file can be imported all the same."""
        return self.code in WARNINGS


class Unreadable(Exception):
    """The file can't be read any further than this fault."""

    def __init__(self, code: Code, line: int, column: int, **params: str | int) -> None:
        super().__init__(code)
        self.fault = Fault(code, "", line, column, params)


class Malformed(Exception):
    """A value is not of the form that its key asks for."""

    def __init__(self, code: Code, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
