"""What comes fades in and what goes fades out, never faster than it is told."""

import itertools

import pytest

from rehabgames.stage.night_hill.lingering import Lingering


def test_it_comes_and_goes_and_stays_as_it_was_last():
    lingers = Lingering(0.5)
    assert lingers.step({"a": 1}, 0.0) == [(1, 0.0)]
    assert lingers.step({"a": 2}, 0.5) == [(2, 1.0)]
    assert lingers.step({}, 0.75) == [(2, pytest.approx(0.5))]
    assert lingers.step({}, 1.0) == []


def test_what_comes_and_goes_quickly_hardly_moves():
    lingers, seen = Lingering(0.5), []
    for i in range(240):
        shown = lingers.step({"a": i} if i // 4 % 2 else {}, i / 60)
        seen.append(shown[0][1] if shown else 0.0)
    assert max(abs(b - a) for a, b in itertools.pairwise(seen)) < 0.06
    assert max(seen[60:]) - min(seen[60:]) < 0.25


def test_after_a_long_look_away_it_starts_anew():
    lingers = Lingering(0.5)
    lingers.step({"a": 1}, 0.0)
    assert lingers.step({"b": 2}, 100.0) == [(2, 1.0)]
    assert lingers.step({"b": 2}, 1.0) == [(2, 1.0)]
