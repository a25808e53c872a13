"""The one gate to Telegram (rate limiter): every request passes it, and none passes while Telegram said wait."""

from bot.telegram.gate.asking import Asking, Priority, asking, unasked
from bot.telegram.gate.gate import Gate, Withheld
from bot.telegram.gate.pace import Pace
from bot.telegram.gate.request import GatedRequest
from bot.telegram.gate.slots import Slot

__all__ = ["Asking", "Gate", "GatedRequest", "Pace", "Priority", "Slot", "Withheld", "asking", "unasked"]
