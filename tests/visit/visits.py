"""A visit with real sessions and no app: what a day holds, and somebody who answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rehabgames.app.repertoire import library
from rehabgames.core.limits import Limits
from rehabgames.core.message import Message
from rehabgames.core.player import Player
from rehabgames.session import Session, Setup
from rehabgames.testing import setup_for
from rehabgames.visit.day import Block, Day
from rehabgames.visit.visit import Helpers, Visit
