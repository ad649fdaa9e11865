"""Terms: what a report calls what was practised, by the space in which its goals lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

from rehabgames.core.message import Message
from rehabgames.core.trial import Space

# "middle": the weight is to be kept over the middle, so goals are at no distance
Practice = Literal["arm", "shift", "middle", "picture", "grip"]


@dataclass(frozen=True, slots=True)
class Terms:
    """part       of the body, as the head of the page names it; "" where it is no one side
    best       the key number, and `unit` what stands behind it
    title, about, axis   of the plot of what was asked and what came of it; axis: its unit in words
    caption    over the table of trials
    towards    title of the part that goes by direction, "" where there is none; beside: its caption
    space      of the goals, as in core.trial.Goal
    practised  name in the ledger → what it is called, and what it means
    """

    part: str
    best: str
    unit: str
    title: str
    about: str
    axis: str
    caption: str
    towards: str
    beside: str
    space: Space
    measured_in: str
    practised: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_AROUND: Final = {"unjudged": ("Not judged", "out of sight")}
_WAY: Final = {"short": ("Hardly begun", "less than half of the way")}
_SHIFTED: Final = "in shares of this person's own calibrated shift"

TERMS: Final[Mapping[Practice, Terms]] = MappingProxyType(
    {
        "arm": Terms(
            part="Arm",
            best="Furthest reach",
            unit="arm lengths",
            title="Reach",
            about="How far the hand was asked to go in each trial, and the furthest it came in that "
            "direction.",
            axis="arm lengths from the shoulder",
            caption="Distances in arm lengths, times in seconds",
            towards="Reach by direction",
            beside="Arm lengths from the shoulder",
            space="arm",
            measured_in="in arm lengths of this person",
            practised={
                "purposeful": ("By the arm", "the hand went at least half of its way by the arm alone"),
                "compensated": ("With the trunk", "the trunk leaned 5° or more"),
                "assisted": ("With the other hand", ""),
                **_WAY,
                **_AROUND,
                "active_minutes": ("Hand in motion", "short pauses included"),
            },
        ),
        "shift": Terms(
            part="",
            best="Furthest shift",
            unit="of the calibrated shift",
            title="Shift of weight",
            about="How far to the side the weight was asked to go in each trial, and the furthest that what "
            "it steers came that way. 1 is all of what the calibration found on that side.",
            axis="share of the calibrated shift",
            caption="Shifts as shares of the calibrated one to that side, times in seconds",
            towards="Left and right",
            beside="In play: share of the calibrated shift to that side",
            space="shift",
            measured_in=_SHIFTED,
            practised={
                "purposeful": ("Carried out", "the weight went at least half of its way"),
                **_WAY,
                **_AROUND,
                "active_minutes": ("Weight in motion", "short pauses included"),
            },
        ),
        "middle": Terms(
            part="",
            best="Push held",
            unit="of the calibrated shift",
            title="Keeping the middle",
            about="The bar is the ring that was to be kept; the mark is how far from its middle what was "
            "steered still came in the best stretch as long as the hold. Inside the bar it was held.",
            axis="from the middle, share of the calibrated shift",
            caption="Distances as shares of the calibrated shift, times in seconds",
            towards="",
            beside="",
            space="shift",
            measured_in=_SHIFTED,
            practised={**_AROUND, "active_minutes": ("Weight in motion", "short pauses included")},
        ),
        "picture": Terms(
            part="Hand",
            best="Furthest way",
            unit="half picture widths from its middle",
            title="Way of the hand",
            about="How far from the middle of the picture the hand was asked to go in each trial, and the "
            "furthest it came in that direction. What the fingers had to do there stands with the trials.",
            axis="half picture widths from the middle",
            caption="Distances in half picture widths, times in seconds",
            towards="By direction",
            beside="Half picture widths from the middle",
            space="picture",
            measured_in="in shares of the picture and of this hand's own calibrated opening",
            practised={
                "purposeful": ("Carried out", "the hand went at least half of its way"),
                **_WAY,
                **_AROUND,
                "active_minutes": ("Hand in motion", "palm or fingers, short pauses included"),
            },
        ),
        "grip": Terms(
            part="Hand",
            best="Widest opening",
            unit="of the calibrated opening",
            title="Opening",
            about="How wide the hand was asked to open in each trial (the line), and how wide it opened as "
            "often as was needed. 1 is all of what the calibration found.",
            axis="share of the calibrated opening",
            caption="Openings as shares of the calibrated one, times in seconds",
            towards="",
            beside="",
            space="grip",
            measured_in="in shares of this hand's own calibrated opening",
            practised={
                "purposeful": ("Carried out", "the hand opened at least half as wide as asked"),
                "short": ("Hardly begun", "less than half as wide"),
                **_AROUND,
                "active_minutes": ("Hand in motion", "palm or fingers, short pauses included"),
            },
        ),
    }
)

_REASONS: Final = {
    "placed": "placed",
    "reached": "reached",
    "not_reached": "not reached",
    "not_placed": "reached, not placed",
    "wrong": "another one was chosen",
    "missed": "missed",
    "left_way": "left the line",
    "not_held": "reached, not held",
    "dropped": "dropped",
    "too_little": "too little",
    "too_much": "too much",
    "out_of_time": "out of time",
    "stopped": "stopped",
    "lost": "out of sight",
}
# game → reason → what it means there, where that is something else
_OF_GAMES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "catch": {"reached": "caught"},
        "trace": {"reached": "drawn to its end", "not_held": "drawn, not held at its end"},
        "steer": {"reached": "passed", "missed": "not passed"},
        "centre": {"reached": "held", "not_held": "not held"},
        "stars": {"reached": "lit, and back", "out_of_time": "lit, not back in time"},
        "tilt": {"reached": "kept in the hollow", "not_held": "came, not kept"},
        "pour": {"reached": "poured to the line"},
        "taps": {
            "reached": "in time and wide",
            "too_little": "in time, not wide enough",
            "out_of_time": "beside the beat",
            "missed": "too few taps",
        },
    }
)


# why a level changed → what it is called in a space, or in one game
_WHY: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "adapt.size.harder": {
            "arm": "adapt.size_of_arm.harder",
            "shift": "adapt.size_of_shift.harder",
            "picture": "adapt.size_of_picture.harder",
            "pour": "adapt.amount.harder",
        },
        "adapt.size.easier": {
            "arm": "adapt.size_of_arm.easier",
            "shift": "adapt.size_of_shift.easier",
            "picture": "adapt.size_of_picture.easier",
            "pour": "adapt.amount.easier",
        },
        "adapt.distance.harder": {"picture": "adapt.distance_in_picture.harder"},
        "adapt.distance.easier": {"picture": "adapt.distance_in_picture.easier"},
    }
)


def why_words(why: Message, space: Space, game: str = "") -> Message:
    """The same reason for a level, in the unit that it has for goals of this space."""
    own = _WHY.get(why.id, {})
    return replace(why, id=own.get(game) or own.get(space) or why.id)


def reason_words(reason: str, game: str) -> str:
    """How a trial ended, in words; a reason that is not known as it stands."""
    own = _OF_GAMES.get(game, {}).get(reason)
    return own or _REASONS.get(reason, reason.replace("_", " "))


def direction_words(direction_deg: float, space: Space) -> str:
    """Where a direction points: of an arm in the words of somebody who sees the person, else the person's
    own left and right."""
    steep = abs(direction_deg)
    if space == "shift":
        return "right" if direction_deg > 0 else "left"
    if steep < 10:
        return "down"
    if steep > 170:
        return "up"
    out, across = ("out", "across") if space == "arm" else ("right", "left")
    way = out if direction_deg > 0 else across
    return way if 80 <= steep <= 100 else f"{way}, {'low' if steep < 80 else 'high'}"
