"""A dialogue file becomes a dialogue, or changes one; and a dialogue becomes a file again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.actions import asking, planning, reading
from bot.authoring import DialogueFile
from bot.models import Delivery, Dialogue, Kind, Member, Question, Reply, State
