"""The edge to Telegram: updates come in, messages go out."""

import os

# python-telegram-bot gives durations as timedelta (its future default) where this is set, and warns where it isn't.
os.environ.setdefault("PTB_TIMEDELTA", "true")
