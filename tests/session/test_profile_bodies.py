"""Profiles as the record keeps them: there and back, and nothing else is taken for one."""

from __future__ import annotations

import contextlib
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.core.person import Profile
from rehabgames.session.profiles import profile_body, profile_of

finite = st.floats(-1e9, 1e9)
names = st.text(max_size=12)
maybe = finite | st.just(math.nan)
PROFILES = st.builds(
    Profile,
    protocol=names,
    side=st.sampled_from(["left", "right"]),
    arm_px=maybe,
    reach=st.dictionaries(st.floats(-180, 180), finite, max_size=6),
    noise=maybe,
    rest_xy=st.tuples(maybe, maybe),
    found=st.dictionaries(names, finite, max_size=4),
    refused=st.dictionaries(names, names, max_size=4),
    version=st.integers(1, 10**6),
    made_utc=names,
)
GOOD = profile_body(Profile("reach_quick", "left", 210.0, {-40.0: 0.7, 12.5: 0.8}, 0.004, (0.1, -0.7)))


@given(PROFILES)
def test_a_profile_there_and_back_through_json(profile: Profile) -> None:
    text = json.dumps(profile_body(profile), allow_nan=False)
    back = profile_of(json.loads(text))
    assert repr(back) == repr(profile) or profile_body(back) == profile_body(profile)
    assert back.reach == profile.reach
    assert (back.side, back.found, back.refused) == (profile.side, profile.found, profile.refused)
    assert math.isnan(back.arm_px) == math.isnan(profile.arm_px)


def test_what_is_known_of_a_body() -> None:
    assert GOOD["reach"] == {"-40": 0.7, "12.5": 0.8}
    unknown = profile_body(Profile("reach_quick", "left"))
    assert (unknown["arm_px"], unknown["noise"], unknown["rest_xy"]) == (None, None, [None, None])


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_body_without_one_of_its_keys(key: str) -> None:
    with pytest.raises(ValueError, match="not a profile"):
        profile_of({name: value for name, value in GOOD.items() if name != key})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("side", "up"),
        ("side", None),
        ("arm_px", "long"),
        ("arm_px", 10**400),
        ("arm_px", [1]),
        ("reach", {"out": 0.7}),
        ("reach", {"45": None}),
        ("reach", [0.7]),
        ("reach", 3),
        ("rest_xy", [0.1]),
        ("rest_xy", 0.1),
        ("found", {"elbow": "bent"}),
        ("refused", "all"),
        ("version", math.inf),
        ("version", math.nan),
        ("version", "second"),
    ],
)
def test_a_body_with_a_wrong_value(key: str, value: object) -> None:
    with pytest.raises(ValueError, match="not a profile"):
        profile_of({**GOOD, key: value})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@given(anything, st.sampled_from(sorted(GOOD)), anything)
def test_garbage_is_a_value_error_or_a_profile(whole: object, key: str, value: object) -> None:
    for body in (whole, {**GOOD, key: value}):
        profile = None
        with contextlib.suppress(ValueError):
            profile = profile_of(body)  # type: ignore[arg-type]
        assert profile is None or profile.side in ("left", "right")
