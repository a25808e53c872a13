"""What people type because the bot asked for it, and which handler takes it: each feature declares its own."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Update

from bot.core.prompts import Aside, Prompt
from bot.models import Person
from bot.telegram.context import Context

Typed = Mapping[Prompt, Callable[[Update, Context, Person, Aside], Coroutine[Any, Any, None]]]
"""For each prompt of a feature the handler that is given what was typed: it asks whether it was meant so."""
