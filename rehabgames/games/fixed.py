"""The fixed step of all physics: the same inputs give the same course, bit for bit, at any picture rate."""

from typing import Final

FIXED_STEP_S: Final = 1 / 240
