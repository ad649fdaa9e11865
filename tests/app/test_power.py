"""Power: what each system tells of its battery, word for word, and what is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabgames.app.power import SAVER, on_linux, on_mac, on_windows, saving

MAC = """Now drawing from '{source} Power'
 -InternalBattery-0 (id=4522083)\t{percent}%; {state}; 2:13 remaining present: true
"""


def supply(folder: Path, name: str, **told: str) -> None:
    (folder / name).mkdir(parents=True)
    for what, value in told.items():
        (folder / name / what).write_text(value + "\n")


def linux(tmp_path: Path, profile: str = "balanced") -> str:
    (tmp_path / "profile").write_text(profile + "\n")
    return on_linux(tmp_path / "supplies", tmp_path / "profile")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"status": "Discharging", "capacity": "12"}, "the battery is at 12 %"),
        ({"status": "Discharging", "capacity": "80"}, ""),
        ({"status": "Charging", "capacity": "12"}, ""),
        ({"status": "Discharging", "capacity_level": "Critical"}, "the battery is at 20 %"),
        ({"status": "Discharging"}, ""),
        ({"status": "Discharging", "capacity": "4", "scope": "Device"}, ""),
    ],
)
def test_a_linux_battery(tmp_path: Path, told: dict[str, str], why: str) -> None:
    supply(tmp_path / "supplies", "AC", type="Mains", online="0")
    supply(tmp_path / "supplies", "BAT0", type="Battery", **told)
    assert linux(tmp_path) == why


def test_linux_on_battery_saver_and_without_a_battery(tmp_path: Path) -> None:
    assert linux(tmp_path, "low-power") == SAVER
    assert linux(tmp_path) == ""
    assert on_linux(tmp_path / "nothing", tmp_path / "nothing") == ""


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ((0, 15, 0), "the battery is at 15 %"),
        ((0, 60, 0), ""),
        ((1, 15, 0), ""),
        ((0, 60, 1), SAVER),
        ((255, 255, 0), ""),
        ((0, 255, 0), ""),
    ],
)
def test_a_windows_battery(status: tuple[int, int, int], why: str) -> None:
    assert on_windows(*status) == why


def test_a_mac_battery() -> None:
    low = MAC.format(source="Battery", percent=9, state="discharging")
    assert on_mac(low, "") == "the battery is at 9 %"
    assert on_mac(MAC.format(source="Battery", percent=70, state="discharging"), " lowpowermode 0\n") == ""
    assert on_mac(MAC.format(source="AC", percent=9, state="charging"), "") == ""
    assert on_mac("Now drawing from 'AC Power'\n", " sleep 1\n lowpowermode         1\n") == SAVER


def test_this_machine_is_asked_without_trouble() -> None:
    assert isinstance(saving(), str)
