"""A plan file: what it says, and everything that a person can write into one by mistake."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from rehabgames.app.repertoire import known
from rehabgames.content.library import Library
from rehabgames.content.plan_checks import loosened
from rehabgames.content.plan_schema import ExerciseTable, LimitsTable, is_patient
from rehabgames.content.plans import new_plan_text, plan_of, read_plan, unexplained
from rehabgames.content.reading import Source, source_of
from rehabgames.content.root import assets_folder
from rehabgames.core.errors import ContentError
from rehabgames.core.limits import Limits, Sector
from rehabgames.core.plan import Plan, Prescription
from rehabgames.safety.walls import WALLS

TEMPLATE = (assets_folder() / "plan.toml").read_text("utf-8")
SIGNED = 'by = "A. Meier"\nreason = "cleared after the visit"\n'
BLOCK = '[[exercise]]\nexercise = "orchard_reach"\nside = "right"\n'


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.open(known())


@pytest.fixture
def standing(repository: Path, tmp_path: Path) -> Library:
    """As `library`, and an exercise that is done standing, and one whose file is broken."""
    upright = (repository / "exercises" / "river_steer_standing.toml").read_text("utf-8")
    (tmp_path / "stand_reach.toml").write_text(upright, "utf-8")
    (tmp_path / "broken_reach.toml").write_text("title = 3\n", "utf-8")
    return Library.open(known(), (tmp_path,))


def wrong(text: str, library: Library, patient: str | None = None) -> list[str]:
    source = source_of(text.encode("utf-8"), "p.toml", "p")
    plan, findings = plan_of(source, library, patient)
    assert (plan is None) == bool(findings)
    return [f"{finding.key}: {finding.what}" for finding in findings]


def test_an_empty_file_is_a_plan_of_defaults(library: Library) -> None:
    plan = read_plan("", library, "anna")
    assert (plan.patient, plan.aim, plan.limits, plan.prescriptions) == ("anna", "restitution", Limits(), ())


def test_a_full_plan(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "anna.toml"
    path.write_text(
        SIGNED
        + """
aim = "compensation"
onset = "2026-11-12"
early_dose = true
[limits]
shoulder_elevation_deg = 100
standing = true
repetitions_day = 200
sectors = [{ from_deg = -90, to_deg = -30, reach = 0.6 }]
[limits.angles_deg]
elbow_flexion = [20, 110]
[[exercise]]
exercise = "orchard_reach"
side = "left"
repetitions = 20
sets = 3
rest_s = 90
minutes = 12
target_success = 0.8
adapter = "weighted_up_down"
locked = { distance = 0.7 }
probe_every = 10
probe_levels = { distance = 1 }
""",
        "utf-8",
    )
    plan = read_plan(path, library)
    assert plan.limits == Limits(
        shoulder_elevation_deg=100.0,
        standing=True,
        repetitions_day=200,
        sectors=(Sector(-90.0, -30.0, 0.6),),
        angles_deg={"elbow_flexion": (20.0, 110.0)},
    )
    assert plan.prescriptions == (
        Prescription(
            *("orchard_reach", "left", 20, 3, 90.0, 12.0, 0.8, "weighted_up_down"),
            locked={"distance": 0.7},
            probe_every=10,
            probe_levels={"distance": 1.0},
        ),
    )
    assert (plan.patient, plan.aim, plan.by) == ("anna", "compensation", "A. Meier")
    assert (plan.onset, plan.early_dose) == ("2026-11-12", True)
    assert len(plan.sha256) == 64
    assert type(plan.prescriptions[0].probe_levels["distance"]) is float


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('onset = "last week"', "onset: must be a date such as 2026-10-01, or empty, got 'last week'"),
        ('onset = "2026-11-01"\nearly_dose = true', "early_dose: lets more be done in the first days"),
        ('aim = "restitusion"', "aim: must be 'restitution' or 'compensation', got 'restitusion'"),
        ("aims = 1", "aims: unknown key, did you mean 'aim'?"),
        ("limits = 3", "limits: must be a table, got 3"),
        ('[limits]\nreach = "far"', "limits.reach: must be a number 0.15..1.5, got 'far'"),
        ("[limits]\nreach = true", "limits.reach: must be a number 0.15..1.5, got true"),
        ("[limits]\nreach = nan", "limits.reach: must be a finite number, got nan"),
        ("[limits]\nreach = -inf", "limits.reach: must be a finite number, got -inf"),
        ("[limits]\nreach = 1e400", "limits.reach: must be a finite number, got inf"),
        ("[limits]\nreach = 9", "limits.reach: must be 0.15..1.5, got 9"),
        ("[limits]\nreech = 1", "limits.reech: unknown key, did you mean 'reach'?"),
        (
            "[limits]\nrepetitions_day = 3.5",
            "limits.repetitions_day: must be a whole number 1..5000, got 3.5",
        ),
        ("[limits]\nstanding = 1", "limits.standing: must be true or false, got 1"),
        ("[limits]\npain_ease = 7", "limits.pain_ease: must be at most limits.pain_end (6), got 7"),
        (
            "[limits]\nminutes_session = 15\nminutes_day = 10",
            "limits.minutes_session: must be at most limits.minutes_day (10), got 15",
        ),
        (
            "[limits]\nangles_deg = { knee_flexion = [90, 20] }",
            "limits.angles_deg.knee_flexion: must be [lowe",
        ),
        (
            "[limits]\nangles_deg = { knee_flexion = [20] }",
            "limits.angles_deg.knee_flexion: must be [lowest,",
        ),
        (
            "[limits]\nangles_deg = { knee_flexoin = [1, 9] }",
            "no signal 'knee_flexoin', did you mean 'knee_fle",
        ),
        (
            "[limits]\nangles_deg = { hand_x = [1, 9] }",
            "limits.angles_deg.hand_x: is measured in arm lengths",
        ),
        ("[limits]\nsectors = [{ from_deg = 9 }]", "limits.sectors[0].to_deg: is missing"),
        (
            "[limits]\nsectors = [{ from_deg = 9, to_deg = 3, reach = 1 }]",
            "limits.sectors[0].to_deg: must be from_deg (9) or more, got 3",
        ),
        (
            "[limits]\nsectors = [{ from_deg = 9, to_deg = 30, reech = 1 }]",
            "limits.sectors[0].reech: unknown key, did you mean 'reach'?",
        ),
        (
            "[limits]\nsectors = [{ from_deg = -180, to_deg = 180, reach = 0 }]",
            "limits.sectors: must leave a direction in which something can be asked",
        ),
        ('[[exercise]]\nexercise = "orchard_reach"', "exercise[0].side: is missing"),
        ('[[exercise]]\nexercise = "orchard_reech"\nside = "left"', "did you mean 'orchard_reach'?"),
        (
            '[[exercise]]\nexercise = "../secret"\nside = "left"',
            "exercise[0].exercise: there is no exercise '../",
        ),
        (BLOCK + "set = 2", "exercise[0].set: unknown key, did you mean 'sets'?"),
        (BLOCK.replace("right", "both"), "exercise[0].side: must be 'left' or 'right', got 'both'"),
        (BLOCK + BLOCK, "exercise[1].exercise: 'orchard_reach' is prescribed for the right side already"),
        (BLOCK + 'adapter = "x"', "exercise[0].adapter: there is no adapter 'x', choose one of:"),
        (BLOCK + "target_success = 0.99", "exercise[0].target_success: must be 0.5..0.95, got 0.99"),
        (
            BLOCK + 'order = ["distanse"]',
            "exercise[0].order[0]: there is no axis of orchard_reach 'distanse'",
        ),
        (
            BLOCK + "locked = { distanse = 1 }",
            "exercise[0].locked.distanse: there is no axis of orchard_reach",
        ),
        (
            BLOCK + "locked = { distance = 9 }",
            "exercise[0].locked.distance: must be 0.45..1.25, as the exerc",
        ),
        (
            BLOCK + "probe_levels = { distance = 0.1 }",
            "exercise[0].probe_levels.distance: must be 0.45..1.25",
        ),
        (
            BLOCK + 'order = ["distance"]\nlocked = { distance = 1 }',
            "exercise[0].order[0]: 'distance' is locked",
        ),
        (BLOCK + "probe_every = 1", "exercise[0].probe_every: must be 0 (no probes) or 2..100"),
        (BLOCK + "minutes = 21", "exercise[0].minutes: must be at most limits.minutes_session (20), got 21"),
        (BLOCK + "rest_s = 20", "exercise[0].rest_s: must be at least limits.rest_s (60), got 20"),
        (BLOCK + "repetitions = 101", "repetitions: must be at most limits.repetitions_block (100), got 101"),
        (BLOCK + "repetitions = 90\nsets = 9", "exercise: repetitions of all sets add up to 810, more than"),
        (
            BLOCK
            + "minutes = 10\n"
            + BLOCK.replace("right", "left")
            + "minutes = 9\n[limits]\nminutes_day = 18",
            "exercise: minutes add up to 19, more than limits.minutes_day (18)",
        ),
        ('patient = "../anna"', "patient: must be 1 to 60 small letters a-z, digits"),
        ('patient = "anna"', "patient: must be 'p', as this file is called, got 'anna'"),
        ('by = "\\u001b[31mred"', "by: must be text without control characters"),
        ("[limits\nreach = 1", "line 1: not valid TOML"),
        ("limits = " + "[" * 400 + "]" * 400, "nested too deeply"),
        (BLOCK * 21, "exercise: must be at most 20 blocks [[exercise]], got 21"),
    ],
)
def test_one_wrong_line_is_named(library: Library, text: str, said: str) -> None:
    assert any(said in what for what in wrong(text, library, "p"))


def test_exercises_that_stand_or_are_broken(standing: Library) -> None:
    stand = BLOCK.replace("orchard", "stand")
    assert wrong(stand, standing) == [
        "exercise[0].exercise: 'stand_reach' is done standing, and limits.standing is false"
    ]
    assert wrong(f"{SIGNED}{stand}[limits]\nstanding = true\n", standing) == []
    (said,) = wrong(BLOCK.replace("orchard", "broken"), standing)
    assert said.startswith("exercise[0].exercise: the file of this exercise is broken: ")


@pytest.mark.parametrize("name", [*WALLS, "standing"])
def test_hazard_h4_loosening_needs_a_name_and_a_reason_and_tightening_nothing(
    library: Library, name: str
) -> None:
    """H1, H3, H4, H5: every limit of SAFETY."""
    if name == "standing":
        looser, tighter = "true", "false"
    else:
        # what comes after it in an order of its own is loosened along, so that only the reason lacks
        looser, tighter = f"{WALLS[name].loosest:g}", f"{WALLS[name].strictest:g}"
    along = {
        "pain_ease": "pain_end = 10\npain_stop = 10",
        "pain_end": "pain_stop = 10",
        "effort_hold": "effort_rest = 10\neffort_end = 10",
        "effort_rest": "effort_end = 10",
        "repetitions_block": "repetitions_day = 5000",
    }.get(name, "")
    text = f"[limits]\n{name} = {looser}\n{along}\n"
    (said,) = [what for what in wrong(text, library) if what.startswith(f"limits.{name}: ")]
    assert said.endswith("which needs reason and by")
    assert any("needs by" in what for what in wrong(f'reason = "so"\n{text}', library))
    assert any("needs reason" in what for what in wrong(f'by = "me"\nreason = "  "\n{text}', library))
    assert wrong(SIGNED + text, library) == []
    assert wrong(f"[limits]\n{name} = {tighter}\n", library) == []


def test_further_loosening_needs_a_reason_of_its_own() -> None:
    first = Plan("p", limits=Limits(shoulder_elevation_deg=100), by="me", reason="cleared")
    more = Plan("p", limits=Limits(shoulder_elevation_deg=100, pain_stop=9), by="me", reason="cleared")
    (finding,) = unexplained(more, first, "p.toml")
    assert str(finding) == (
        "p.toml: limits.pain_stop: 9 is looser than the default 8, which needs a reason of its own"
    )
    assert unexplained(first, more, "p.toml") == []
    assert unexplained(more, None, "p.toml") == []
    assert loosened(Limits(reach=0.9), Limits(reach=0.5)) == ()  # never looser than SAFETY


def test_the_template_shows_every_default() -> None:
    """Without the # before its keys, it says what holds anyway."""
    live = re.sub(r"^# (\w+ = )", r"\1", TEMPLATE, flags=re.MULTILINE)
    table = tomllib.loads(live)
    shown = {**table["limits"], "sectors": tuple(table["limits"]["sectors"])}
    assert Limits(**shown) == Limits()
    assert list(shown) != []
    assert set(table["exercise"][0]) == {field.name for field in fields(Prescription)}
    assert set(LimitsTable.model_fields) == {field.name for field in fields(Limits)} == set(shown)
    assert set(ExerciseTable.model_fields) == set(table["exercise"][0])
    assert all(len(line) <= 120 for line in TEMPLATE.splitlines())


def test_every_range_in_the_template_is_that_of_the_walls() -> None:
    notes = TEMPLATE.partition("[limits]")[2].partition("[[exercise]]")[0]
    for name, wall in WALLS.items():
        lowest, highest = sorted(wall)
        before = notes[: notes.index(f"# {name} = ")]
        paragraph = before.rpartition("\n\n")[2].replace("\n# ", " ")
        assert f"{lowest:g} to {highest:g}" in paragraph, name


def test_examples_in_the_template_are_sound(library: Library) -> None:
    examples = re.findall(
        r"^#   ((?:sectors|angles_deg|locked|probe_levels) = .*?[\]}])(?:  |$)", TEMPLATE, re.M
    )
    assert len(examples) == 4
    limits, exercise = "\n".join(examples[:2]), "\n".join(examples[2:])
    plan = read_plan(f"[limits]\n{limits}\n{BLOCK}{exercise}\n", library)
    assert len(plan.limits.sectors) == len(plan.limits.angles_deg) == 2
    assert plan.prescriptions[0].locked == plan.prescriptions[0].probe_levels == {"distance": 0.7}


@pytest.mark.parametrize(("exercise", "side"), [(None, None), ("orchard_reach", "left")])
def test_a_new_plan_is_good(library: Library, exercise: str | None, side: str | None) -> None:
    text = new_plan_text("anna", exercise, "left" if side else None)
    plan = read_plan(text, library, "anna")
    assert plan.limits == Limits()
    assert plan.prescriptions == (() if exercise is None else (Prescription("orchard_reach", "left"),))
    notes = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in TEMPLATE.splitlines() if line.startswith("#") and line not in notes] == []


@pytest.mark.parametrize(
    "name", ["", "../a", "a/b", "a\\b", "A", "con", "a.v1", "a b", "-a", "a" * 61, "a\n", "ä", "."]
)
def test_names_that_no_patient_can_have(name: str) -> None:
    assert not is_patient(name)


@pytest.mark.parametrize("name", ["patient", "p1", "virtual-mild", "virtual-severe+pain", "7", "a" * 60])
def test_names_that_a_patient_can_have(name: str) -> None:
    assert is_patient(name)


def test_everything_is_said_at_once_with_the_next_step(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('aim = 1\nlimit = 2\n[limits]\nreach = "x"\n', "utf-8")
    with pytest.raises(ContentError) as caught:
        read_plan(path, library)
    assert len(caught.value.what.splitlines()) == 3
    assert all(line.startswith(f"{path}: ") for line in caught.value.what.splitlines())
    assert caught.value.next_step == f"Correct it, then try: rehabgames plan check {path}"


def test_a_source_with_findings_gives_them(library: Library) -> None:
    assert plan_of(Source("x", "x", table={}), library)[0] is not None
    source = source_of(b"\xff", "x.toml", "x")
    assert plan_of(source, library) == (None, list(source.findings))
