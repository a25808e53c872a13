"""What people type because the bot asked for it, and which handler takes it: each feature declares its own."""

from collections.abc import Mapping

from bot.core.prompts import Prompt
from bot.telegram.context import Take

Typed = Mapping[Prompt, Take]
"""For each prompt of a feature the handler that is given what was typed: it asks whether it was meant so."""
