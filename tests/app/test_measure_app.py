"""Stored sessions are measured: what was watched, what changed, and what is damaged."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from acted_sessions import CLOCK_S, acted, keep
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.app.measure import Found, material_of, measure
from rehabgames.app.wiring import Request, calibration_of, setup_of, with_previous
from rehabgames.core.document import Document
from rehabgames.core.errors import StoreError, UnknownNameError, UseError
from rehabgames.core.measured import Validity
from rehabgames.records.folder import data_folder
from rehabgames.records.store import Store
from rehabgames.session.chunks import unpack
from rehabgames.session.profiles import profile_of

Spoil = Callable[[Document], Document | None]


def quiet(_: str, __: int, ___: int) -> None:
    return None


def measured(what: str, latency_s: float | None = None) -> Found:
    return measure(what, None, latency_s, quiet)


@pytest.fixture(scope="module")
def one() -> list[Document]:
    return acted("s1", 1)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, one: list[Document]) -> Path:
    """A record in which one person, as well as ever on two days, is much worse on the third."""
    folder = tmp_path_factory.mktemp("kept")
    with Store.open(folder) as store:
        keep(store, one)
        keep(store, acted("s2", 2))
        keep(store, acted("s3", 3, "severe"))
        keep(store, acted("other", 4, patient="p-18"))
        keep(store, acted("mirrored", 5, side="left"))
    return folder


@pytest.fixture
def record(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REHABGAMES_HOME", str(kept))
    return kept


def test_the_numbers_of_a_session(record: Path) -> None:
    found = measured("s1")
    told = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert (told["what"], told["frames"]) == ("s1", found.frames)
    assert told["seconds"] == pytest.approx(found.seconds, abs=1e-3)
    assert told["seconds"] == pytest.approx((told["frames"] - 1) / 30, abs=0.01)
    keys = [(each["name"], each["of"]) for each in told["measures"]]
    assert len(keys) == len(set(keys))
    assert {("movement_time", "right"), ("sparc", "right"), ("path_ratio", "right")} <= set(keys)
    valid = {validity.name.lower() for validity in Validity}
    for each in told["measures"]:
        assert each["validity"] in valid
        assert (each["value"] is None) == (each["validity"] != "good")
        assert 0.0 <= each["coverage"] <= 1.0
        assert each["how"]["id"].startswith("how.")


def test_reaches_stand_where_the_trials_were(record: Path) -> None:
    with Store.open(data_folder()) as store:
        row = store.session("s1")
        trials, material = store.trials("s1"), material_of(store, row)
    assert len(material.tries) == len(trials) > 3
    for seen, trial in zip(material.tries, trials, strict=True):
        assert seen.end_s == pytest.approx(CLOCK_S + trial.t_s)
        assert seen.cue_s == pytest.approx(seen.end_s - trial.body["duration_s"])
        assert material.rec.t_s[0] < seen.cue_s < seen.end_s <= material.rec.t_s[-1] + 0.1
        assert seen.success == trial.success
    assert material.rested is not None
    assert CLOCK_S < material.rested[0] < material.rested[1] < material.tries[0].cue_s
    assert material.noise.px("right_hip") == pytest.approx(0.5, rel=0.3)


def test_a_reaction_time_is_told_only_less_the_measured_latency(record: Path) -> None:
    def reaction(latency_s: float | None) -> tuple[float, Validity]:
        (found,) = [each for each in measured("s1", latency_s).measured if each.name == "reaction_time"]
        return found.value, found.validity

    assert reaction(None)[1] is Validity.NO_LATENCY
    (at_once, good), (later, also) = reaction(0.0), reaction(0.08)
    assert (good, also) == (Validity.GOOD, Validity.GOOD)
    assert at_once - later == pytest.approx(0.08 if at_once < 10 else 80.0, abs=1e-6)


def test_a_change_is_told_beyond_the_spread_of_two_earlier_sessions(record: Path) -> None:
    for early, baselines in (("s1", 0), ("s2", 1)):
        found = measured(early)
        assert found.baselines == baselines
        assert {each.validity for each in found.changed} == {Validity.NO_BASELINE}
    third = measured("s3")
    assert third.baselines == 2, "another person and the other arm are no baselines"
    values = [{(m.name, m.of): m.value for m in measured(what).measured} for what in ("s1", "s2", "s3")]
    beyond = [each for each in third.changed if each.good]
    assert beyond
    for each in third.changed:
        name, _, of = each.of.partition(".")
        before = [v for v in (values[0][name, of], values[1][name, of]) if math.isfinite(v)]
        if len(before) < 2:
            assert each.validity is Validity.NO_BASELINE
            continue
        change = values[2][name, of] - sum(before) / 2
        limit = 1.96 * math.sqrt(2) * abs(before[1] - before[0]) / math.sqrt(2)
        assert each.good == (abs(change) > limit)
        if each.good:
            assert each.value == pytest.approx(change)
            assert each.how.params["mdc"] == pytest.approx(limit, rel=1e-3)
    told = third.as_json()
    assert told["baselines"] == 2
    assert sum(each["value"] is not None for each in told["changes"]) == len(beyond)


def test_others_and_their_other_arm_have_no_baselines(record: Path) -> None:
    assert [measured(what).baselines for what in ("other", "mirrored")] == [0, 0]
    sides = {each.of for each in measured("mirrored").measured if each.name == "movement_time"}
    assert sides == {"left"}


def test_a_session_that_does_not_exist(record: Path, home: Path) -> None:
    with pytest.raises(UseError, match="There is no session in"):
        measured("last")
    assert home == data_folder()


@pytest.mark.parametrize("what", ["s4", "s" * 300, ".", "sésame", "a\0b"])
def test_a_name_that_is_no_session_offers_those_that_are(record: Path, what: str) -> None:
    with pytest.raises(UnknownNameError, match="There is no session"):
        measured(what)


def spoiled(folder: Path, documents: list[Document], spoil: Spoil) -> None:
    with Store.open(folder) as store:
        keep(store, [kept for each in documents if (kept := spoil(each)) is not None])


def in_payload(change: Callable[[bytes], bytes]) -> Spoil:
    return lambda d: replace(d, payload=change(d.payload)) if d.kind == "landmarks" else d


def in_body(kind: str, **changed: object) -> Spoil:
    return lambda d: replace(d, body={**d.body, **changed}) if d.kind == kind else d


def of_twelve(payload: bytes) -> bytes:
    """A whole chunk, of bodies with twelve landmarks."""
    line, packed = payload.split(b"\n", 1)
    header, n = json.loads(line), json.loads(line)["frames"]
    header["shapes"]["points_px"] = [12, 2]
    body = zlib.decompress(packed)
    at = 16 * n
    points = np.frombuffer(body, "<f4", n * 66, offset=at).reshape(n, 33, 2)[:, :12]
    cut = body[:at] + points.tobytes() + body[at + 4 * n * 66 :]
    return json.dumps(header).encode() + b"\n" + zlib.compress(cut)


@pytest.mark.parametrize(
    "spoil",
    [
        in_payload(lambda _: b""),
        in_payload(lambda payload: payload[: len(payload) // 2]),
        in_payload(lambda payload: payload.replace(b"landmarks/1", b"landmarks/9")),
        in_payload(lambda payload: b"[]\n" + payload.split(b"\n", 1)[1]),
        in_payload(of_twelve),
        in_body("profile", arm_px="long"),
        in_body("profile", side="up"),
        in_body("trial", goal=None),
        in_body("trial", goal={"direction_deg": 0}),
        in_body("trial", duration_s="long"),
        in_body("trial", levels=[3]),
        in_body("start", clock_s="noon"),
    ],
)
def test_a_damaged_record_is_said_in_one_sentence(home: Path, one: list[Document], spoil: Spoil) -> None:
    spoiled(home, one, spoil)
    with pytest.raises(StoreError) as error:
        measured("s1")
    assert "s1" in str(error.value)
    assert str(error.value).endswith("Measure another session.")
    assert len(str(error.value).splitlines()) == 1


def test_damage_in_an_earlier_session_does_not_hide_this_one(home: Path, one: list[Document]) -> None:
    spoiled(home, one, in_payload(lambda _: b""))
    with Store.open(home) as store:
        keep(store, acted("s2", 2))
    found = measured("s2")
    assert found.baselines == 0
    assert any(each.good for each in found.measured)


def test_a_session_without_pictures(home: Path, one: list[Document]) -> None:
    spoiled(home, one, lambda each: None if each.kind == "landmarks" else each)
    with pytest.raises(UseError, match="s1 holds no pictures to measure"):
        measured("s1")


def confirmed_at(documents: list[Document], t_s: float) -> list[Document]:
    """The same session, in which it was confirmed then who plays."""
    stop = documents[-1]
    body = {"name": "confirmed", "how": "hand", "hand": "left", "after_s": t_s, "wrong": 0}
    confirmed = replace(stop, kind="event", t_s=t_s, body=body)
    return [*documents[:-1], confirmed, replace(stop, number=stop.number + 1)]


def test_what_was_seen_before_it_was_confirmed_who_plays_does_not_count(
    home: Path, one: list[Document]
) -> None:
    ends_s = one[-1].t_s
    spoiled(home, confirmed_at(one, ends_s / 2), lambda each: each)
    with Store.open(home) as store:
        rec = material_of(store, store.session("s1")).rec
    assert rec.t_s[0] >= CLOCK_S + ends_s / 2
    assert len(rec) > 0


def test_a_session_that_ends_as_it_is_confirmed_who_plays_has_nothing_to_measure(
    home: Path, one: list[Document]
) -> None:
    spoiled(home, confirmed_at(one, one[-1].t_s + 1.0), lambda each: each)
    with pytest.raises(UseError, match="s1 holds no pictures to measure"):
        measured("s1")


@given(st.data())
def test_a_damaged_chunk_is_a_value_error_or_a_recording(one: list[Document], data: st.DataObject) -> None:
    payload = bytearray(next(each.payload for each in one if each.kind == "landmarks"))
    header = payload.index(b"\n")
    for _ in range(data.draw(st.integers(1, 3))):
        payload[data.draw(st.integers(0, header + 20))] = data.draw(st.integers(0, 255))
    try:
        rec = unpack(bytes(payload))
    except ValueError:
        return
    assert len(rec) == len(rec.points_px)


def test_the_last_profile_is_offered_to_the_same_person_protocol_and_side(record: Path) -> None:
    with Store.open(record) as store:
        offered = with_previous(setup_of(Request("orchard_reach", "p-17")), store).previous
        row = store.profile("s3")
        assert row is not None
        assert offered == profile_of(row.body)
        for request in (Request("orchard_reach", "p-19"), Request("orchard_reach", "p-18", "left")):
            assert with_previous(setup_of(request), store).previous is None
        room = calibration_of(Request(patient="p-17"), "room_check")
        assert with_previous(room, store) == room


def test_a_damaged_profile_is_not_offered(home: Path, one: list[Document]) -> None:
    spoiled(home, one, in_body("profile", version=None))
    with Store.open(home) as store:
        setup = setup_of(Request("orchard_reach", "p-17"))
        assert with_previous(setup, store) == setup
