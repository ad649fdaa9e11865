"""Guarding: the guard of one session, by what is known before it."""

from __future__ import annotations

from rehabgames.safety import Guard
from rehabgames.session import shown
from rehabgames.session.setup import Setup
from rehabgames.signals import CONTROLS


def guard_of(setup: Setup) -> Guard:
    exercise = setup.exercise
    return Guard(
        setup.limits,
        exercise.axes if exercise else (),
        setup.before,
        posture=shown.posture_of(setup),
        first_pain=setup.first_pain,
        held=setup.held,
        trunk_helps=setup.aim == "compensation",
        space=CONTROLS[exercise.control].space if exercise else None,
    )
