import os
from pathlib import Path

import pytest
from shipped import ALL, EXERCISE, KNOWN, MAP, MOVEMENT, PROTOCOL, ROOM, whats, with_line

from rehabgames.content.known import Known
from rehabgames.content.library import check, read_exercise
from rehabgames.content.protocols import at_heights, protocol_of
from rehabgames.content.reading import LARGEST_BYTES, Source
from rehabgames.core.errors import ContentError
from rehabgames.core.protocol import MovementProtocol, ReachProtocol, RoomProtocol
from rehabgames.core.trial import Goal


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("title", "title = 3", "title: must be text in quotes, got 3"),
        ("title", 'title = " "', "title: must be text of 1..80 characters, got 0"),
        ("title", r'title = "red \u001b[31m"', "title: must be text without control characters"),
        ("title", "", "title: is missing"),
        ("game", 'game = "raech"', "game: there is no game 'raech', did you mean 'reach'?"),
        ("game", 'game = "zzz"', "game: there is no game 'zzz', choose one of: reach"),
        (
            "control",
            'control = "trunk_lean"',
            "control: there is no control 'trunk_lean', choose one of: hand",
        ),
        ("guards", 'guards = ["trunk_learn"]', "guards[0]: there is no signal 'trunk_learn', did you mean"),
        (
            "guards",
            'guards = ["trunk_lean", "trunk_lean"]',
            "guards: must name each item once, got trunk_lean",
        ),
        ("guards", 'guards = "trunk_lean"', "guards: must be a list in [ ], got 'trunk_lean'"),
        (
            "calibration",
            'calibration = "reach_quik"',
            "there is no calibration protocol 'reach_quik', did you",
        ),
        ("place", 'place = "orchad"', "place: there is no place 'orchad', did you mean 'orchard'?"),
        (
            "adapter",
            'adapter = "x"',
            "adapter: there is no adapter 'x', choose one of: skill, weighted_up_down",
        ),
        ("posture", 'posture = "lying"', "posture: must be 'sitting' or 'standing', got 'lying'"),
        ("posture", "posture = [1]", "posture: must be 'sitting' or 'standing', got a list of 1"),
        ("target_success", "target_success = 1", "target_success: must be 0.5..0.95, got 1"),
        ("target_success", "target_success = 0.4999", "target_success: must be 0.5..0.95, got 0.4999"),
        ("target_success", "target_success = true", "target_success: must be a number 0.5..0.95, got true"),
        ("target_success", "target_success = nan", "target_success: must be a finite number, got nan"),
        ("target_success", "target_success = -inf", "target_success: must be a finite number, got -inf"),
        ("target_success", "target_success = 1e400", "target_success: must be a finite number, got inf"),
        (
            "target_success",
            "target_success = 1" + "0" * 30,
            "target_success: must be a number that fits 64 bits",
        ),
        (
            "target_success",
            "target_success = 1" + "0" * 1900,
            "target_success: must be a number that fits 64",
        ),
        ("directions_deg", "directions_deg = []", "directions_deg: must be a list of 1..24 items, got 0"),
        ("directions_deg", "directions_deg = [10, 181]", "directions_deg[1]: must be -180..180, got 181"),
        (
            "directions_deg",
            'directions_deg = ["up"]',
            "directions_deg[0]: must be a number -180..180, got 'up'",
        ),
        (
            "directions_deg",
            "directions_deg = [10, [inf]]",
            "directions_deg[1][0]: must be a finite number, got inf",
        ),
        ("easiest", "easiest = 1.3", "axes.distance.hardest: must be more than easiest (1.3), got 1.25"),
        ("easiest", "easiest = 1.25", "axes.distance.hardest: must differ from easiest, got 1.25 for both"),
        ("easiest", "easiest = -1", "axes.distance.easiest: must be 0.1..1.5, got -1"),
        ("hardest", "hardest = 9", "axes.distance.hardest: must be 0.1..1.5, got 9"),
        ("start", "start = 0.44", "axes.distance.start: must be 0.45..1.25 (easiest to hardest), got 0.44"),
        ("step", "step = 0", "axes.distance.step: must be more than 0 and at most 0.8, got 0"),
        ("step", "step = 0.9", "axes.distance.step: must be more than 0 and at most 0.8, got 0.9"),
        ("step", "stepp = 0.7", "axes.distance.stepp: unknown key, did you mean 'step'?"),
        ("repetitions", "repetitions = 0", "dose.repetitions: must be 1..500, got 0"),
        ("repetitions", "repetitions = 40.0", "dose.repetitions: must be a whole number 1..500, got 40.0"),
        ("minutes", "minutes = 21", "dose.minutes: must be 0.5..20, got 21"),
        ("minutes", "minutes = 2024-01-01", "dose.minutes: must be a number 0.5..20, got 2024-01-01"),
        ("hold_s", "hold_s = -1", "settings.hold_s: must be a number 0..600, got -1"),
        ("hold_s", 'hold_s = "long"', "settings.hold_s: must be a number 0..600, got 'long'"),
        (
            "basket_direction_deg",
            "basket_direction_deg = 200",
            "settings.basket_direction_deg: must be a number -180",
        ),
        ("goal", "goal = []", "purpose.goal: must be text in quotes, got a list of 0"),
        ("for_whom", "for_whom = []", "purpose.for_whom: must be a list of 1..20 items, got 0"),
        ("evidence", "evidence = 1", "purpose.evidence: must be text in quotes, got 1"),
    ],
)
def test_one_wrong_line_is_named(tmp_path: Path, key: str, line: str, said: str) -> None:
    path = tmp_path / "orchard.toml"
    path.write_text(with_line(EXERCISE, key, line), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_exercise(path, KNOWN)
    lines = caught.value.what.splitlines()
    assert any(said in found for found in lines)
    assert all(found.startswith(f"{path}: ") for found in lines)
    assert caught.value.next_step == f"Correct it, then try: rehabgames check {path}"
    assert caught.value.exit_code == 2


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = EXERCISE.text
    for key, line in {
        "title": "titel = 3",
        "game": 'game = "chess"',
        "posture": "posture = 1",
        "repetitions": "repetitions = 0",
        "start": "start = 7",
        "trial_s": "trial_s = -3",
        "basket_distance": "basket_distance = false",
    }.items():
        text = with_line(Source("", "", text=text), key, line)
    path = tmp_path / "orchard.toml"
    path.write_text(text, encoding="utf-8")
    keys = [finding.key for finding in check([path], KNOWN)]
    assert sorted(keys) == [
        "axes.distance.start",
        "dose.repetitions",
        "game",
        "posture",
        "settings.basket_distance",
        "settings.trial_s",
        "titel",
        "title",
    ]


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("hold_s", "hold_s = 8", "hold_s: must be less than timeout_s (6), got 8"),
        ("hold_s", "hold_s = 0", "hold_s: must be 0.1..10, got 0"),
        ("timeout_s", "timeout_s = inf", "timeout_s: must be a finite number, got inf"),
        ("rest_s", "rest_s = 0.1", "rest_s: must be 0.5..60, got 0.1"),
        ("statistic", 'statistic = "mean"', "statistic: must be 'median' or 'max', got 'mean'"),
        ("minimum", "minimum = -0.1", "minimum: must be 0..1.5, got -0.1"),
        ("minimum", "minimun = 0.1", "minimun: unknown key, did you mean 'minimum'?"),
        ("control", 'control = "hand"', "control: there is no control 'hand', choose one of: hand_position"),
        (
            "directions_deg",
            "directions_deg = [10, 10.0]",
            "directions_deg: must name each item once, got 10.0",
        ),
    ],
)
def test_one_wrong_line_of_a_protocol_is_named(tmp_path: Path, key: str, line: str, said: str) -> None:
    path = tmp_path / "quick.toml"
    path.write_text(with_line(PROTOCOL, key, line), encoding="utf-8")
    assert any(said in what for what in whats(check([path], KNOWN)))


@pytest.mark.parametrize(
    ("source", "key", "line", "said"),
    [
        (PROTOCOL, "kind", "", "kind: is missing"),
        (PROTOCOL, "kind", 'kind = "rech"', "kind: must be 'reach', 'movement' or 'room', got 'rech'"),
        (PROTOCOL, "kind", "kind = [1]", "kind: must be 'reach', 'movement' or 'room', got a list of 1"),
        (PROTOCOL, "kind", 'kind = "room"', "control: unknown key, allowed are kind, title, posture, camera"),
        (PROTOCOL, "posture", 'posture = "lying"', "posture: must be 'sitting' or 'standing', got 'lying'"),
        (PROTOCOL, "camera", "", "camera: is missing"),
        (PROTOCOL, "directions_deg", "", "directions_deg: is missing; or give heights and towards in its"),
        (PROTOCOL, "minimum", "minimum = 0.2\nheights = [0]", "heights: cannot stand beside directions_deg"),
        (
            PROTOCOL,
            "minimum",
            'minimum = 0.2\ntowards = ["out"]',
            "towards: cannot stand beside directions_d",
        ),
        (MAP, "heights", "heights = [1.1]", "heights[0]: must be -1..1, got 1.1"),
        (MAP, "heights", "heights = [0, 0]", "heights: must name each item once, got 0.0 twice"),
        (MAP, "towards", "", "towards: is missing; heights are asked towards 'across', 'out' or both"),
        (MAP, "towards", 'towards = ["up"]', "towards[0]: must be 'across' or 'out', got 'up'"),
        (
            MOVEMENT,
            "guide",
            'guide = "stepp"',
            "asks[0].guide: there is no movement 'stepp', did you mean 'ste",
        ),
        (MOVEMENT, "guide", 'guide = "more_light"', "asks[0].guide: there is no movement 'more_light'"),
        (MOVEMENT, "signal", 'signal = "knee_lft"', "asks[0].signal: there is no signal 'knee_lft', did you"),
        (
            MOVEMENT,
            "name",
            'name = "Knee Lift"',
            "asks[0].name: must be small letters a-z, digits and _, with",
        ),
        (
            MOVEMENT,
            "name",
            'name = "knee_lift.right"',
            "asks: must give each ask a name of its own, got knee",
        ),
        (MOVEMENT, "towards", 'towards = "up"', "asks[0].towards: must be 'more' or 'less', got 'up'"),
        (MOVEMENT, "towards", "towards = 1", "asks[0].towards: must be 'more' or 'less', got 1"),
        (
            MOVEMENT,
            "times",
            "times = 0",
            "asks[0].times: must be 1..20 (0 is for statistic = 'count'), got 0",
        ),
        (MOVEMENT, "times", "times = 21", "asks[0].times: must be 0..20, got 21"),
        (MOVEMENT, "hold_s", "hold_s = 9", "asks[0].hold_s: must be less than timeout_s (8), got 9"),
        (MOVEMENT, "hold_s", "holds_s = 1", "asks[0].holds_s: unknown key, did you mean 'hold_s'?"),
        (
            MOVEMENT,
            "statistic",
            'statistic = "mean"',
            "asks[0].statistic: must be 'median', 'max' or 'count'",
        ),
        (MOVEMENT, "least", "least = -1", "asks[0].least: must be 0..360, got -1"),
        (MOVEMENT, "rest_s", "rest_s = 0", "rest_s: must be 0.5..60, got 0"),
        (ROOM, "checks", "checks = []", "checks: must be a list of 1..6 items, got 0"),
        (
            ROOM,
            "checks",
            'checks = ["ligth"]',
            "checks[0]: must be 'framing', 'distance', 'light', 'view', 'al",
        ),
        (ROOM, "checks", 'checks = ["side", "side"]', "checks: must name each item once, got side twice"),
        (ROOM, "steady_s", "steady_s = 10\n", "steady_s: must be"),
        (ROOM, "timeout_s", "timeout_s = 0.5", "timeout_s: must be 1..120, got 0.5"),
        (ROOM, "timeout_s", "timeout_s = 1", "steady_s: must be less than timeout_s (1), got 1"),
    ],
)
def test_one_wrong_line_of_each_kind_of_protocol_is_named(
    tmp_path: Path, source: Source, key: str, line: str, said: str
) -> None:
    path = tmp_path / "mine.toml"
    text = source.text
    if said == "steady_s: must be":  # only wrong beside a shorter time
        text = with_line(Source("", "", text=text), "timeout_s", "timeout_s = 9")
    path.write_text(with_line(Source("", "", text=text), key, line), encoding="utf-8")
    assert any(said in what for what in whats(check([path], ALL)))


@pytest.mark.parametrize("count", [0, 13])
def test_too_few_and_too_many_movements(count: int) -> None:
    asks = [{**MOVEMENT.table["asks"][0], "name": f"step.n{i}"} for i in range(count)]
    source = Source("x.toml", "some_name", table={**MOVEMENT.table, "asks": asks})
    _, findings = protocol_of(source, ALL)
    assert whats(findings) == [f"asks: must be 1..12 tables [[asks]], got {count}"]


def test_a_count_needs_a_size_and_no_hold() -> None:
    ask = MOVEMENT.table["asks"][2]
    assert "hold_s" not in ask
    table = {**MOVEMENT.table, "asks": [{**ask, "least": 0}]}
    _, findings = protocol_of(Source("x.toml", "some_name", table=table), ALL)
    assert whats(findings) == ["asks[0].least: must be more than 0 to tell repetitions apart, got 0"]


def test_each_kind_becomes_its_own_type() -> None:
    kinds = [
        (PROTOCOL, ReachProtocol),
        (MAP, ReachProtocol),
        (MOVEMENT, MovementProtocol),
        (ROOM, RoomProtocol),
    ]
    for source, kind in kinds:
        protocol, findings = protocol_of(source, ALL)
        assert findings == []
        assert type(protocol) is kind


def test_heights_become_directions_of_a_hand_at_full_reach() -> None:
    assert at_heights([0.0, -1.0, 1.0, -0.5], ["out", "across"]) == (90.0, -90.0, 0.0, 180.0, 60.0, -60.0)
    assert at_heights([-1.0], ["across"]) == (0.0,)
    for height in (-0.9, -0.25, 0.3, 0.77):
        (direction,) = at_heights([height], ["out"])
        assert Goal(direction, 1.0, 0.1, 0.0).xy(1.0)[1] == pytest.approx(height, abs=1e-3)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title = 3", "game: is missing"),
        (b"title = Orchard", "line 1: not valid TOML at column 9: Invalid value"),
        (b"a = 1\ntitle Orchard", "line 2: not valid TOML at column 7: Expected '='"),
        (b"a = 1\na = 2", "not valid TOML"),
        (b'a = """', "at the end: not valid TOML: Unterminated string"),
        (b"a = " + b"[" * 500 + b"]" * 500, "nested too deeply, at most 20 levels are allowed"),
        (b"a = " + b"[" * 25 + b"]" * 25, "nested too deeply, at most 20 levels are allowed"),
        (b"[" + b".".join([b"a"] * 900) + b"]", "nested too deeply, at most 20 levels are allowed"),
        (b"a." * 30000 + b"a = 1", "line 1: longer than 2000 characters"),
        (b"title = '\xff\xfe'", "line 1: not UTF-8 text"),
        ("title = 'Obst'".encode("utf-16"), "not UTF-8 text"),
        (b"\x00" * 100, "not valid TOML"),
        (b"# \n" * (LARGEST_BYTES // 3 + 1), "larger than 256 KiB"),
        (b"a = 2024-02-31", "not valid TOML"),
    ],
)
def test_broken_files(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(content)
    with pytest.raises(ContentError) as caught:
        read_exercise(path, KNOWN)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert len(str(caught.value)) < 4000
    assert any(said in str(finding) for finding in check([path], KNOWN))


def test_no_file_a_folder_and_a_pipe(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="there is no such file"):
        read_exercise(tmp_path / "none.toml", KNOWN)
    with pytest.raises(ContentError, match="is a folder"):
        read_exercise(tmp_path, KNOWN)
    with pytest.raises(ContentError, match="cannot be read"):
        read_exercise(tmp_path / ("x" * 300 + ".toml"), KNOWN)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(ContentError, match="not an ordinary file"):
            read_exercise(tmp_path / "pipe.toml", KNOWN)


def test_a_file_name_that_cannot_be_an_id(tmp_path: Path) -> None:
    path = tmp_path / "My Reach.toml"
    path.write_text(EXERCISE.text, encoding="utf-8")
    with pytest.raises(ContentError, match="the file's name must be 2 to 41 small letters"):
        read_exercise(path, KNOWN)


def test_control_characters_of_a_key_reach_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(r'"\u001b[31mred" = 1', encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_exercise(path, KNOWN)
    assert "\x1b" not in str(caught.value)
    assert r"\x1b[31mred: unknown key" in str(caught.value)


def test_settings_of_a_game_that_says_what_it_reads(tmp_path: Path) -> None:
    reads = {"hold_s": (0.1, 5.0), "fruit_radius": (0.05, 0.4), "wind": (0.0, 1.0)}
    known = Known(KNOWN.games, KNOWN.signals, KNOWN.adapters, KNOWN.places, settings={"reach": reads})
    path = tmp_path / "orchard.toml"
    text = with_line(EXERCISE, "hold_s", "hold_s = 6")
    path.write_text(with_line(Source("", "", text=text), "fruit_radius", "fruit_radus = 1"), encoding="utf-8")
    found = whats(check([path], known))
    assert "settings.hold_s: must be a number 0.1..5, got 6" in found
    assert "settings.fruit_radus: unknown key, did you mean 'fruit_radius'?" in found
    assert "settings.wind: is missing" in found


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "orchard.toml"
    path.write_bytes(b"\xef\xbb\xbf" + EXERCISE.text.replace("\n", "\r\n").encode())
    assert read_exercise(path, KNOWN).title == "Orchard reach"
