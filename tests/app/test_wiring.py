"""What a request becomes, and the small parts that the loop is made of."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from rehabgames.app.pace import Pace
from rehabgames.app.pictures import MOST, SETTLE_S, Album, make_album
from rehabgames.app.repertoire import known, library, own_exercises
from rehabgames.app.track import Tracked, write_csv
from rehabgames.app.wiring import Request, calibration_of, drawn_for, setup_of, with_onlooker
from rehabgames.content.root import assets_folder
from rehabgames.core.errors import StoreError, UnknownNameError
from rehabgames.core.message import Message
from rehabgames.core.view import Target, View
from rehabgames.session import Setup
from rehabgames.stage.window import Stage
from rehabgames.tracking.sources import FaultySpec, SourceSpec, VideoSpec, VirtualSpec, WebcamSpec
from rehabgames.words import suited


def test_a_request_becomes_a_session_of_its_own(home: Path) -> None:
    first, second = (setup_of(Request("orchard_reach", seed=3, minutes=0.5)) for _ in range(2))
    assert first.session_id != second.session_id
    began = datetime.fromisoformat(first.started_utc)
    assert abs((datetime.now(UTC) - began).total_seconds()) < 60
    assert first.session_id.startswith(f"{began:%Y%m%d-}")
    assert (first.patient, first.seed, first.play_s) == ("patient", 3, 30)
    assert {"rehabgames", "python", "mediapipe", "numpy"} <= first.versions.keys()
    assert first.zone
    assert not home.exists()


def test_an_unknown_exercise_offers_the_nearest(home: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'orchard_reach'"):
        setup_of(Request("orchard_reech"))


def test_ones_own_exercises_stand_beside_those_that_ship(home: Path) -> None:
    assert own_exercises() == home / "exercises"
    shipped = [exercise.id for exercise in library().exercises()]
    library().new_exercise("my_reach", "orchard_reach", own_exercises())
    assert sorted([*shipped, "my_reach"]) == [exercise.id for exercise in library().exercises()]
    assert setup_of(Request("my_reach")).exercise.id == "my_reach"


def test_every_name_that_content_may_use_is_known() -> None:
    names = known()
    for exercise in library().exercises():
        assert exercise.game in names.games
        assert exercise.adapter in names.adapters
        assert exercise.control in names.controls
        assert set(exercise.guards) <= names.signals | {name.partition(".")[0] for name in names.signals}


FILM, WEBCAM, DRAWN = VideoSpec(Path("film.mp4")), WebcamSpec(0), VirtualSpec("mild")


@pytest.mark.parametrize(
    ("spec", "confirms"),
    [
        (WEBCAM, True),
        (DRAWN, True),
        (FaultySpec(DRAWN, (), 0.0), True),
        (FILM, False),
        (FaultySpec(FILM, (), 0.0), False),
    ],
)
def test_who_plays_is_confirmed_where_somebody_can_be_asked(spec: SourceSpec, confirms: bool) -> None:
    for setup in (setup_of(Request("orchard_reach")), calibration_of(Request(), "reach_quick")):
        asked = with_onlooker(setup, spec)
        assert (asked.confirms, asked.accompanied) == (confirms, not confirms)


@pytest.mark.parametrize(
    "setup", [setup_of(Request("concert_taps")), calibration_of(Request(), "room_check")]
)
def test_nobody_is_confirmed_beside_a_hand_alone_or_before_a_room_check(setup: Setup) -> None:
    assert not with_onlooker(setup, WEBCAM).confirms


def test_a_request_may_be_accompanied() -> None:
    asked = with_onlooker(setup_of(Request("orchard_reach", accompanied=True)), WEBCAM)
    assert (asked.confirms, asked.accompanied) == (True, True)


def test_pace_counts_what_was_painted() -> None:
    pace = Pace(began_s=10.0)
    for i, ms in enumerate((10.0, 20.0, 30.0, 40.0)):
        began_s = 10.0 + 0.5 * i
        pace.scene(began_s, began_s + 0.003, began_s + 0.5)
        done_s = (began_s + 0.004, began_s + 0.005, began_s + 0.006, began_s + 0.008, began_s + ms / 1000)
        pace.frame(began_s, done_s)
    assert (pace.seconds, pace.render_fps, pace.rendered) == (2.0, 2.0, 4)
    told = pace.capture_to_flip_ms()
    assert told["p50"] == pytest.approx(20.0, abs=0.51)
    assert told["p95"] == told["p99"] == pytest.approx(40.0, abs=0.51)
    assert pace.since["taken"].percentile(50) == pytest.approx(5.0, abs=0.51)
    assert pace.gaps.percentile(99) == pytest.approx(500.0, abs=0.51)
    assert pace.held.percentile(100) == pytest.approx(3.0, abs=0.51)
    assert (len(pace.gaps), len(pace.held)) == (3, 4)
    assert Pace().capture_to_flip_ms() == {"p50": None, "p95": None, "p99": None}


def test_pace_leaves_out_what_is_not_known_and_stays_as_small() -> None:
    pace = Pace()
    for _ in range(3):
        pace.frame(1.0, (math.nan, 1.01, 1.02, 1.03, 9.0))
    assert pace.since["tracked"].percentile(50) is None
    assert pace.capture_to_flip_ms()["p50"] == pytest.approx(2000.0, abs=0.5)


def test_a_pace_without_a_scene_has_no_rate() -> None:
    assert Pace().render_fps == 0


def view(phase: str, number: int) -> View:
    target = Target("pick", 0.5, -0.5, 0.13, 0.0, number)
    window = (-0.9, -1.15, 1.15, 0.35)
    return View(0.0, phase, "orchard", "right", 1, window, target=target, prompt=Message("pause.not_seen"))


@pytest.fixture
def stage() -> Stage:
    made = Stage(assets_folder(), suited, size=(320, 180), headless=True, sound=False)
    made.paint(view("play", 0), 0.0)
    yield made
    made.close()


def test_an_album_takes_one_picture_of_every_moment_that_lasts(stage: Stage, tmp_path: Path) -> None:
    make_album(tmp_path / "a" / "pictures")
    album = Album(stage, tmp_path / "a" / "pictures")
    for tick in range(90):
        album.look(view("play", 0), tick / 60)
    for tick in range(90, 100):
        album.look(view("play", 1), tick / 60)  # gone before it settles
    album.look(view("rest", 2), 2.0)
    album.look(view("rest", 2), 2.0 + SETTLE_S)
    assert sorted(path.name for path in (tmp_path / "a" / "pictures").iterdir()) == [
        "00-play-pick.png",
        "01-rest-pick.png",
    ]


def test_an_album_ends(stage: Stage, tmp_path: Path) -> None:
    album = Album(stage, tmp_path)
    for number in range(MOST + 5):
        album.look(view("play", number), 2.0 * number)
        album.look(view("play", number), 2.0 * number + 1)
    assert len(list(tmp_path.iterdir())) == MOST


def test_an_album_that_cannot_be_kept_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="Pictures cannot be saved in") as error:
        make_album(tmp_path / "file" / "pictures")
    assert error.value.next_step


def tracked(**signals: list[float]) -> Tracked:
    columns = {name: np.array(x) for name, x in signals.items()}
    return Tracked(30.0, 3, 2, 3, np.array([0.0, 1 / 30, 2 / 30]), columns, columns, None, [])


def test_a_table_leaves_empty_what_was_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "signals.csv"
    path.write_text("older and longer\n" * 100)
    write_csv(tracked(a=[1.0, np.nan, 1e-7], b=[np.nan] * 3), path)
    assert path.read_bytes() == b"t_s,a,b\n0,1,\n0.0333333,,\n0.0666667,1e-07,\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        write_csv(tracked(a=[0.0] * 3), tmp_path / "none" / "signals.csv")
    assert list(tmp_path.iterdir()) == []


def test_numbers_of_a_signal_that_was_never_measured_are_null() -> None:
    told = tracked(a=[1.0, np.nan, 2.0], b=[np.nan] * 3).as_json()
    assert told["signals"] == {
        "a": {"min": 1.0, "max": 2.0, "mean": 1.5},
        "b": {"min": None, "max": None, "mean": None},
    }
    assert "repetitions" not in told


def test_a_drawn_patient_is_before_a_camera_that_stands_as_the_exercise_asks() -> None:
    spec = VirtualSpec("mild", look="far")
    reaching, standing, gripping, alone = (
        drawn_for(setup_of(Request(name)), spec)
        for name in ("orchard_reach", "river_steer_standing", "kitchen_grasp", "kitchen_pour")
    )
    assert (reaching.sitting, reaching.distance_m, reaching.close_up) == (True, None, False)
    assert (standing.sitting, standing.distance_m, standing.close_up) == (False, None, False)
    assert (gripping.sitting, gripping.distance_m, gripping.close_up) == (True, 1.5, False)
    assert alone.close_up
    assert "one and a half metres" in setup_of(Request("kitchen_grasp")).protocol.camera
    assert all(each.look == "far" for each in (reaching, standing, gripping, alone))
