"""`rehabgames bench`: what it plays, what it tells, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rehabgames.app.bench import Amount, bench, movement_told, players_told
from rehabgames.app.repertoire import library
from rehabgames.app.telling import pairs
from rehabgames.bench import bench_adapter, bench_movement
from rehabgames.bench.adapter import AdapterBench
from rehabgames.bench.adapter_plot import plot
from rehabgames.cli import app
from rehabgames.core.errors import UnknownNameError, UseError


@pytest.fixture(scope="module")
def few() -> AdapterBench:
    return bench_adapter(8, 2, families=("logistic", "probit"), scenarios=("static", "fatigue"))


def test_the_same_again_is_the_same(few: AdapterBench) -> None:
    again = bench_adapter(8, 2, families=("logistic",), scenarios=("fatigue",))
    for key, kept in again.results.items():
        assert few.results[key] == kept


def test_every_rule_is_told_and_the_staircase_is_the_measure(few: AdapterBench) -> None:
    lines = players_told(few)
    for rule in ("staircase", "skill", "skill, seeded 0.05", "skill, hits only", "n down one up", "fixed"):
        assert sum(rule in line for line in lines) >= 4
    told = few.as_json()["families"]["probit"]["static"]
    assert told["staircase"]["early_ratio"] == told["staircase"]["late_ratio"] == 1.0
    assert told["fixed"]["late_ratio"] > 1.5
    json.dumps(few.as_json(), allow_nan=False)


def test_a_picture_of_it(few: AdapterBench, tmp_path: Path) -> None:
    plot(few, tmp_path / "adapter.png")
    assert (tmp_path / "adapter.png").read_bytes().startswith(b"\x89PNG")


def test_people_who_move_are_kept_nearer_to_the_target_and_never_asked_too_much() -> None:
    """Two patients of one kind; `rehabgames bench adapter` has more of all kinds."""
    moved = bench_movement(library().exercise("orchard_reach"), 2, ("tremor",))
    assert moved.ratio("tremor", "skill")[1] < 1.0
    assert (moved.outside, moved.over) == (0, 0)
    assert moved.trials == 2 * 60 * 7
    assert any("tremor" in line for line in movement_told(moved, "whole tries"))


@pytest.mark.endurance
@pytest.mark.timeout(3600)
def test_the_whole_command_on_few(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Of everything the least, drawn patients left out."""
    told = tmp_path / "told.json"
    picture = tmp_path / "told.png"
    with pytest.raises(SystemExit) as left:
        app(["bench", "adapter", "--patients", "10", "--json", str(told), "--plot", str(picture)])
    assert left.value.code == 0
    said = capfd.readouterr()
    assert "steep when easy players" in said.out
    assert "sessions of landmarks" in said.out
    assert said.err == ""
    numbers = json.loads(told.read_text())
    assert [numbers[part]["goals_outside"] for part in ("movement", "sessions")] == [0, 0]
    assert numbers["drawn_sessions"] is None
    assert picture.stat().st_size > 10_000


def test_nothing_to_tell_in_pairs_is_nothing_told(capsys: pytest.CaptureFixture[str]) -> None:
    pairs(())
    assert capsys.readouterr().out == ""


def test_what_is_no_benchmark_is_one_plain_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError):
        bench("adaptor", Amount(10), None)
    with pytest.raises(UseError, match="picture"):
        bench("measures", Amount(10), tmp_path / "x.png")
