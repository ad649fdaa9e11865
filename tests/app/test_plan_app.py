"""Plans in the data folder: numbered, kept, never half-written, and never loosened in silence."""

from __future__ import annotations

import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rehabgames.app.plan import check_plans, keep_plan, load_plan, new_plan, plan_path, see_plan, set_plan
from rehabgames.app.telling_plan import plan_json, tell_plan
from rehabgames.content.whole import write_whole
from rehabgames.core.errors import ContentError, StoreError, UnknownNameError, UseError
from rehabgames.core.limits import Limits
from rehabgames.core.plan import Prescription


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "plans").iterdir() if path.suffix == ".toml")


def contents(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "plans").iterdir()}


def hand(path: Path, old: str, new: str) -> None:
    """Edit a file as a person does."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_without_a_plan_nothing_is_made(home: Path) -> None:
    assert load_plan() is None
    assert see_plan("virtual-mild") is None
    assert check_plans([]) == []
    assert plan_json(None, "patient")["limits"]["minutes_day"] == 60
    with pytest.raises(
        UseError, match=r"no plan for anna yet\. Begin one: rehabgames plan new --patient anna"
    ):
        set_plan("anna", [("limits.reach", "1")])
    assert not home.exists()


def test_a_first_plan_and_its_versions(home: Path) -> None:
    first = new_plan("patient", "orchard_reach", "left")
    assert (first.version, first.by, first.reason) == (1, "", "")
    assert first.made_utc.endswith("+00:00")
    assert first.prescriptions == (Prescription("orchard_reach", "left"),)
    second = set_plan(
        "patient", [("limits.reach", "0.9"), ("exercise.orchard_reach.sets", "2")], by="A. Meier"
    )
    assert (second.version, second.by, second.limits) == (2, "A. Meier", Limits(reach=0.9))
    assert names(home) == ["patient.toml", "patient.v1.toml", "patient.v2.toml"]
    path = plan_path("patient")
    assert path.read_bytes() == path.with_name("patient.v2.toml").read_bytes()
    assert load_plan() == second
    assert "# reach = 1.1\nreach = 0.9\n" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert names(home) == ["patient.toml", "patient.v1.toml", "patient.v2.toml"]


def test_patients_do_not_share_a_plan(home: Path) -> None:
    new_plan("anna", "orchard_reach", "left")
    assert load_plan() is None
    assert load_plan("anna") is not None
    new_plan("anna+b")
    assert [name for name in names(home) if name.startswith("anna+b")] == ["anna+b.toml", "anna+b.v1.toml"]
    plan_path("ben").write_bytes(plan_path("anna").read_bytes())
    with pytest.raises(
        ContentError, match=r"ben\.toml: line 16: patient: must be 'ben', as this file is called, got 'an"
    ):
        load_plan("ben")


def test_an_edited_plan_is_judged_numbered_and_kept(home: Path) -> None:
    new_plan("patient", "orchard_reach", "left")
    path = plan_path("patient")
    hand(path, "# hold_s = 5.0", "hold_s = 3  # for now")
    hand(path, "version = 1", "version = 77")
    seen = see_plan()
    assert seen is not None
    assert not seen.kept
    assert names(home) == ["patient.toml", "patient.v1.toml"]
    plan = load_plan()
    assert plan is not None
    assert (plan.version, plan.limits) == (2, Limits(hold_s=3.0))
    text = path.read_text("utf-8")
    assert "hold_s = 3  # for now\n" in text
    assert "\nversion = 2\n" in text
    assert path.with_name("patient.v2.toml").read_text("utf-8") == text
    assert keep_plan() == plan
    assert names(home) == ["patient.toml", "patient.v1.toml", "patient.v2.toml"]


def test_a_broken_plan_holds_up_play_and_stays_as_it_is(home: Path) -> None:
    new_plan()
    path = plan_path("patient")
    hand(path, "# hold_s = 5.0", "hold_s = nan")
    before = contents(home)
    for use in (load_plan, see_plan, keep_plan):
        with pytest.raises(ContentError, match=r"hold_s: must be a finite number") as caught:
            use()
        assert caught.value.next_step == f"Correct it, then try: rehabgames plan check {path}"
    with pytest.raises(ContentError, match="hold_s"):
        set_plan("patient", [("limits.reach", "1")])
    assert contents(home) == before


def test_a_wrong_value_can_be_put_right_by_command(home: Path) -> None:
    new_plan()
    hand(plan_path("patient"), "# hold_s = 5.0", "hold_s = 99")
    assert set_plan("patient", [("limits.hold_s", "2")]).limits == Limits(hold_s=2.0)


@pytest.mark.parametrize(
    "changes",
    [
        [("limits.reach", "9")],
        [("limits.reach", "0.9"), ("limits.hold_s", "nan")],
        [("limits.reach", "0.9"), ("limits.reach", "0.8")],
        [("limits.reech", "0.9")],
        [("limits.pain_stop", "9")],
        [("limits.standing", "true")],
        [("exercise.orchard_reach.exercise", "none_such")],
        [("exercise.orchard_reach.locked.height", "1")],
    ],
)
def test_all_changes_are_made_or_none(home: Path, changes: list[tuple[str, str]]) -> None:
    new_plan("patient", "orchard_reach", "left")
    before = contents(home)
    with pytest.raises(UseError):
        set_plan("patient", changes)
    assert contents(home) == before


def test_hazard_h4_loosening_is_refused_until_it_is_explained(home: Path) -> None:
    new_plan()
    raised = [("limits.shoulder_elevation_deg", "120")]
    with pytest.raises(
        UseError, match=r"needs a reason and a name\. Nothing was changed; give --reason TEXT"
    ):
        set_plan("patient", raised)
    with pytest.raises(UseError, match=r"which needs a name\. Nothing was changed; give --by NAME"):
        set_plan("patient", raised, reason="cleared")
    first = set_plan("patient", raised, "A. Meier", "cleared")
    assert (first.version, first.limits.shoulder_elevation_deg) == (2, 120)
    with pytest.raises(
        UseError, match=r"pain_stop: 9 is looser than the default 8, which needs a reason of its"
    ):
        set_plan("patient", [("limits.pain_stop", "9")])
    assert set_plan("patient", [("limits.pain_ease", "3")]).reason == "cleared"
    hand(plan_path("patient"), "\n# reach = 1.1", "\nreach = 1.3")
    with pytest.raises(
        ContentError, match=r"reach: 1\.3 is looser than the default 1\.1, which needs a reason of"
    ):
        load_plan()
    hand(plan_path("patient"), 'reason = "cleared"', 'reason = "longer arm support"')
    plan = load_plan()
    assert plan is not None
    assert (plan.version, plan.limits.reach) == (4, 1.3)


def test_a_change_that_was_interrupted_leaves_the_plan_from_before(home: Path) -> None:
    """A version that was kept, but never came to hold, is passed over and not written again."""
    new_plan()
    path = plan_path("patient")
    orphan = path.with_name("patient.v2.toml")
    orphan.write_text(path.read_text("utf-8").replace("\n# reach = 1.1", "\nreach = 0.5"), "utf-8")
    before = orphan.read_bytes()
    plan = load_plan()
    assert plan is not None
    assert (plan.version, plan.limits) == (3, Limits())
    assert orphan.read_bytes() == before


def test_a_change_that_cannot_be_written_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills between the version and the plan that holds."""
    new_plan()
    before = contents(home)

    def full(path: Path, text: str, mode: int) -> None:
        if path.name == "patient.toml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_whole(path, text, mode)

    with monkeypatch.context() as patch:
        patch.setattr("rehabgames.app.plan.write_whole", full)
        with pytest.raises(StoreError, match=r"patient\.toml cannot be written \(no space left on device\)"):
            set_plan("patient", [("limits.reach", "1")])
    assert contents(home) == before
    assert set_plan("patient", [("limits.reach", "1")]).version == 2


def test_an_exercise_that_is_done_standing_is_not_begun_with(home: Path, repository: Path) -> None:
    upright = (repository / "exercises" / "river_steer_standing.toml").read_text("utf-8")
    (home / "exercises").mkdir(parents=True)
    (home / "exercises" / "stand_reach.toml").write_text(upright, "utf-8")
    with pytest.raises(
        UseError, match=r"done standing, and limits\.standing is false\. Nothing was changed; beg"
    ):
        new_plan("patient", "stand_reach", "left")
    assert not (home / "plans").exists()
    new_plan()
    set_plan("patient", [("limits.standing", "true")], "A. Meier", "stands safely")
    path = plan_path("patient")
    for name in ("[[exercise]]", 'exercise = "orchard_reach"', 'side = "right"'):
        hand(path, f"\n# {name}", f"\n{name.replace('orchard', 'stand')}")
    plan = load_plan()
    assert plan is not None
    assert plan.prescriptions == (Prescription("stand_reach", "right"),)
    with pytest.raises(
        UseError, match=r"stand_reach' is done standing, and limits\.standing is false\. Nothing"
    ):
        set_plan("patient", [("limits.standing", "false")])


def test_going_back_to_an_earlier_plan_makes_a_new_version(home: Path) -> None:
    new_plan()
    set_plan("patient", [("limits.reach", "0.9")])
    path = plan_path("patient")
    path.write_bytes(path.with_name("patient.v1.toml").read_bytes())
    plan = load_plan()
    assert plan is not None
    assert (plan.version, plan.limits) == (3, Limits())


@pytest.mark.parametrize("kept", [b"", b"\xff\x00", b"[limits]\nreach = 9\n"])
def test_a_damaged_version_keeps_nobody_from_the_plan(home: Path, kept: bytes) -> None:
    new_plan()
    plan_path("patient").with_name("patient.v1.toml").write_bytes(kept)
    plan = load_plan()
    assert plan is not None
    assert plan.version == 2


def test_a_plan_is_begun_once(home: Path) -> None:
    new_plan()
    before = contents(home)
    with pytest.raises(
        UseError, match=r"There is a plan already, .*patient\.toml\. Change it: rehabgames plan set"
    ):
        new_plan()
    assert contents(home) == before
    plan_path("patient").unlink()
    assert new_plan().version == 2
    assert (home / "plans" / "patient.v1.toml").read_bytes() == before["patient.v1.toml"]


@pytest.mark.parametrize(
    ("exercise", "side", "error"),
    [
        ("orchard_reach", None, UseError),
        (None, "left", UseError),
        ("orchard_reach", "both", UseError),
        ("orchard_reech", "left", UnknownNameError),
        ("../x", "left", UnknownNameError),
    ],
)
def test_what_a_plan_cannot_begin_with(
    home: Path, exercise: str | None, side: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        new_plan("patient", exercise, side)
    assert not home.exists()


@pytest.mark.parametrize(
    "name", ["../patient", "/etc/passwd", "a/../../b", "", "con", "a.v2", "A", "a\0b", "a" * 99]
)
def test_names_with_tricks_are_refused(home: Path, name: str) -> None:
    for use in (load_plan, see_plan, new_plan, keep_plan):
        with pytest.raises(UseError, match="cannot be the name of a patient"):
            use(name)
    with pytest.raises(UseError, match="cannot be the name of a patient"):
        set_plan(name, [("limits.reach", "1")])
    assert not home.exists()


@pytest.mark.parametrize("said", ["", "  ", "x" * 401, "\x1b[31m", "\udcff"])
def test_reasons_that_say_nothing(home: Path, said: str) -> None:
    new_plan()
    before = contents(home)
    with pytest.raises(UseError, match=r"--reason must be text of 1\.\.400 characters"):
        set_plan("patient", [("limits.reach", "1")], reason=said)
    assert contents(home) == before


def test_several_at_once_lose_nothing(home: Path) -> None:
    new_plan()
    changes = [
        ("limits.reach", "0.9"),
        ("limits.hold_s", "3"),
        ("limits.speed", "1"),
        ("limits.rest_s", "90"),
    ]
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda change: set_plan("patient", [change]), changes))
    assert sorted(plan.version for plan in plans) == [2, 3, 4, 5]
    plan = load_plan()
    assert plan is not None
    assert plan.limits == Limits(reach=0.9, hold_s=3.0, speed=1.0, rest_s=90.0)
    assert plan.version == 5


def test_check_judges_all_and_keeps_what_was_edited(home: Path, tmp_path: Path) -> None:
    new_plan("anna")
    new_plan("ben")
    hand(plan_path("ben"), "# hold_s = 5.0", "hold_s = 3")
    (anna, none), (ben, kept) = check_plans([])
    assert (anna, none, ben) == (plan_path("anna"), None, plan_path("ben"))
    assert kept is not None
    assert kept.version == 2
    draft = tmp_path / "draft of a plan.toml"
    draft.write_text('patient = "carl"\n', "utf-8")
    version = plan_path("ben").with_name("ben.v1.toml")
    before = names(home)
    assert check_plans([draft, version]) == [(draft, None), (version, None)]
    draft.write_text("aim = 1\n", "utf-8")
    (home / "plans" / "Dora.toml").write_text("", "utf-8")
    hand(plan_path("anna"), "# hold_s = 5.0", "hold_s = -3")
    with pytest.raises(ContentError) as caught:
        check_plans([draft, plan_path("anna"), home / "plans" / "Dora.toml", tmp_path])
    said = caught.value.what.splitlines()
    assert [line.partition(": ")[0] for line in said] == [
        str(path) for path in (draft, plan_path("anna"), home / "plans" / "Dora.toml", tmp_path)
    ]
    assert caught.value.next_step.startswith(f"Correct it, then try: rehabgames plan check {draft} ")
    assert names(home) == sorted([*before, "Dora.toml"])


def test_a_folder_that_is_a_file(home: Path) -> None:
    home.mkdir()
    (home / "plans").write_text("mine")
    with pytest.raises(StoreError, match="plans cannot be written"):
        new_plan()
    assert (home / "plans").read_text() == "mine"
    assert load_plan() is None


def test_what_is_shown(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_plan("patient", "orchard_reach", "left")
    changes = [
        ("limits.shoulder_elevation_deg", "120"),
        ("limits.minutes_day", "30"),
        ("limits.sectors", "[{ from_deg = -90, to_deg = -30, reach = 0 }]"),
        ("limits.angles_deg.elbow_flexion", "[20, 90]"),
        ("exercise.orchard_reach.target_success", "0.8"),
        ("exercise.orchard_reach.sets", "3"),
        ("exercise.orchard_reach.locked.distance", "0.7"),
        ("exercise.orchard_reach.probe_every", "10"),
    ]
    set_plan("patient", changes, "A. Meier", "cleared")
    seen = see_plan()
    tell_plan(seen, "patient")
    said = capsys.readouterr().out
    asked = "  orchard_reach, left arm: 3 sets of 40 tries; at most 10 minutes; 80% of tries ought to succeed"
    asked += "; distance stays at 0.7; one try in 10 is a probe"
    for line in (
        "Plan of  patient",
        "By       A. Meier",
        "Reason   cleared",
        asked,
        "  Arm lifted to the working side  at most 120 degrees (looser than 90 by default)",
        "  Play a day                      at most 30 minutes (tighter than 60 by default)",
        "  From -90 to -30 degrees         nothing",
        "  Elbow flexion                   20 to 90 degrees",
        "  Standing exercises              locked",
    ):
        assert line in said.splitlines()
    told = json.loads(json.dumps(plan_json(seen, "patient"), allow_nan=False))
    assert (told["version"], told["loosened"], told["kept"]) == (2, ["shoulder_elevation_deg"], True)
    assert told["limits"]["angles_deg"] == {"elbow_flexion": [20, 90]}
