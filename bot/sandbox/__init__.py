"""A stand-in for Telegram on one machine: the Bot API with people, groups, faults and a clock, for tests and the demo."""

from bot.sandbox.clock import Clock
from bot.sandbox.flood import Flood
from bot.sandbox.groups import Group
from bot.sandbox.phone import ImpossibleError, Phone
from bot.sandbox.server import Sandbox

__all__ = ["Clock", "Flood", "Group", "ImpossibleError", "Phone", "Sandbox"]
