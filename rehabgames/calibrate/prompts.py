"""What is said with every guide, and where it is asked again. A guide that has a side names it."""

from __future__ import annotations

from typing import Final

from rehabgames.core.landmarks import Side
from rehabgames.core.message import Message

PROMPTS: Final[dict[str, str]] = {
    "rest": "guide.rest",
    "arm_out": "guide.arm_out",
    "arm_forward": "guide.arm_forward",
    "elbow_bend": "guide.elbow_bend",
    "elbow_straight": "guide.elbow_straight",
    "lean": "guide.lean",
    "shift_weight": "guide.shift_weight",
    "hand_open": "guide.hand_open",
    "hand_close": "guide.hand_close",
    "pinch_open": "guide.pinch_open",
    "pinch_close": "guide.pinch_close",
    "stand_up": "guide.stand_up",
    "sit_down": "guide.sit_down",
    "step": "guide.step",
    "raise_hand": "guide.raise_hand",
    "come_into_picture": "guide.come_into_picture",
    "come_closer": "guide.come_closer",
    "step_back": "guide.step_back",
    "face_camera": "guide.face_camera",
    "more_light": "guide.more_light",
    "one_person": "guide.one_person",
    "raise_hand_again": "guide.raise_hand_again",
}
# while repetitions are counted
COUNTED: Final[dict[str, str]] = {
    "stand_up": "guide.stand_up_often",
    "sit_down": "guide.stand_up_often",
    "step": "guide.step_often",
    "hand_open": "guide.hand_often",
    "hand_close": "guide.hand_often",
    "pinch_open": "guide.pinch_often",
    "pinch_close": "guide.pinch_often",
}
# on the way back to rest; where nothing is said here it is "guide.back"
BACK: Final[dict[str, str]] = {"stand_up": "guide.sit_down", "sit_down": "guide.stand_up"}
# said as a word of the language, see `words`
SIDE_WORDS: Final[dict[Side, str]] = {"left": "side.left", "right": "side.right"}


def guided(name: str, side: Side, *, back: bool = False, counted: bool = False) -> Message:
    """The prompt of a guide. Raises KeyError for a name that is not in PROMPTS."""
    prompt = BACK.get(name, "guide.back") if back else PROMPTS[name]
    return Message(COUNTED.get(name, prompt) if counted else prompt, {"side": SIDE_WORDS[side]})
