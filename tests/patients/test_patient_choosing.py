"""Patients look for what is wanted; who confuses things takes another one for it as often as said."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rehabgames.core.trial import Goal, TrialSpec
from rehabgames.core.view import Target, Thing, View
from rehabgames.patients import KINDS
from rehabgames.patients.choosing import Choosing, mistaken
from rehabgames.patients.trials import TrialPatient

MODEL = Thing("wanted 4", "pear", 0.0, -0.98, 0.19, state="wanted")
PEAR = Thing("fruit 4", "pear", 0.6, -0.4, 0.13)
OTHERS = (
    Thing("other 4 1", "plum", 0.2, -0.3, 0.13),
    Thing("other 4 2", "lemon", 0.7, 0.0, 0.13, state="growing"),
)
BASKET = Thing("basket", "basket", 0.0, -0.6, 0.17)
PLACED = Thing("placed 0", "pear", 0.0, -0.6, 0.05, state="placed")
HELD = Target("pick", 0.2, -0.3, 0.13, 0.5, 9)
NEAR = Goal(30.0, 0.5, 0.2, 0.2)
SPEC = TrialSpec(0, {}, NEAR, Goal(-5.0, 0.5, 0.2, 0.2), 12.0, others=(Goal(85.0, 0.4, 0.1, 0.3),) * 3)


def view(*things: Thing, target: Target | None = None) -> View:
    return View(0.0, "play", "orchard", "right", 0, (-1, -1, 1, 1), target=target, things=things)


def full(target: Target | None = None, pear: Thing = PEAR, model: Thing = MODEL) -> View:
    return view(BASKET, PLACED, model, *OTHERS, pear, target=target)


def test_the_wanted_kind_is_looked_for_whatever_is_held() -> None:
    choosing, rng = Choosing(), np.random.default_rng(0)
    found = choosing.target(full(), 0.0, rng)
    assert found == Target("pick", 0.6, -0.4, 0.13, 0.0, -1)
    assert choosing.target(full(HELD), 0.0, rng) == found
    again = choosing.target(full(model=replace(MODEL, key="wanted 5")), 0.0, rng)
    assert again == replace(found, number=-2)
    # the same trial after a pause, elsewhere
    moved = choosing.target(full(pear=replace(PEAR, x=0.1), model=replace(MODEL, key="wanted 5")), 0.0, rng)
    assert moved == Target("pick", 0.1, -0.4, 0.13, 0.0, -3)
    assert rng.random() == np.random.default_rng(0).random()


@pytest.mark.parametrize("target", [None, HELD, Target("place", 0.0, -0.6, 0.17, 0.0, 3)])
def test_where_nothing_is_to_be_chosen_the_target_is_the_target(target: Target | None) -> None:
    choosing, rng = Choosing(), np.random.default_rng(0)
    assert choosing.target(view(BASKET, PEAR, target=target), 0.5, rng) == target
    assert choosing.target(view(BASKET, MODEL, *OTHERS, PLACED, target=target), 0.5, rng) == target
    if target is not None and target.kind == "place":
        assert choosing.target(full(target), 0.5, rng) == target


def test_the_confused_take_another_one_as_often_as_said() -> None:
    choosing, rng, taken = Choosing(), np.random.default_rng(2), []
    for number in range(2000):
        found = choosing.target(full(model=replace(MODEL, key=f"wanted {number}")), 0.2, rng)
        assert found is not None
        taken.append((found.x, found.y))
    wrong = [each for each in taken if each != (0.6, -0.4)]
    assert len(wrong) / 2000 == pytest.approx(1 - 0.8**2, abs=3 * math.sqrt(0.25 / 2000))
    assert 0.4 < wrong.count((0.2, -0.3)) / len(wrong) < 0.6


def test_whole_tries_are_wrong_as_often_as_said() -> None:
    confused = replace(KINDS["healthy"], confusion=0.1)
    outcomes = [TrialPatient(confused, "right", seed).play(SPEC) for seed in range(500)]
    wrong = [o for o in outcomes if o.reason == "wrong"]
    expected = mistaken(0.1, 3)
    assert expected == pytest.approx(1 - 0.9**3)
    assert len(wrong) / 500 == pytest.approx(expected, abs=3 * math.sqrt(0.25 / 500))
    assert all(o.success is False and math.isnan(o.margin) and 0 < o.duration_s < 12.0 for o in wrong)
    assert {o.reason for o in outcomes} == {"wrong", "placed"}
    true = TrialPatient(confused, "right", 0).success_of([SPEC])
    clear = TrialPatient("healthy", "right", 0).success_of([SPEC])
    assert true == pytest.approx(clear * 0.9**3)


def test_those_without_confusion_play_as_if_nothing_else_were_there() -> None:
    plain = replace(SPEC, others=())
    for kind in ("healthy", "fma_severe"):
        mine = [repr(TrialPatient(kind, "right", s).play(SPEC)) for s in range(20)]
        assert mine == [repr(TrialPatient(kind, "right", s).play(plain)) for s in range(20)]
    assert [name for name, kind in KINDS.items() if kind.confusion > 0] == ["neglect"]
