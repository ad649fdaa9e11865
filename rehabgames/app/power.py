"""Power: whether this machine wants to save it, as far as the system tells. Nothing here raises or lasts."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

LOW_PERCENT: Final = 20.0
SAVER: Final = "this machine is on battery saver"
ANSWER_WITHIN_S: Final = 2.0
SUPPLIES: Final = Path("/sys/class/power_supply")
PROFILE: Final = Path("/sys/firmware/acpi/platform_profile")
_UNKNOWN_PERCENT: Final = 255  # as Windows says it


def saving() -> str:
    """Why power is to be saved, to stand behind a colon; "" where it is not, or where nothing is told."""
    try:
        if sys.platform == "win32":
            return on_windows(*_windows_status())
        if sys.platform == "darwin":
            return on_mac(_told(["pmset", "-g", "batt"]), _told(["pmset", "-g"]))
        return on_linux() if sys.platform == "linux" else ""
    except (OSError, ValueError, AttributeError, subprocess.SubprocessError):
        return ""


def on_linux(supplies: Path = SUPPLIES, profile: Path = PROFILE) -> str:
    """From what the kernel tells of its batteries; those of a mouse or a pen are not this machine's."""
    if _text(profile) == "low-power":
        return SAVER
    emptiest = 100.0
    for supply in supplies.glob("*"):
        ours = _text(supply / "type") == "Battery" and _text(supply / "scope") != "Device"
        if ours and _text(supply / "status") == "Discharging":
            percent = _text(supply / "capacity")
            low = _text(supply / "capacity_level") in ("Low", "Critical")
            emptiest = min(emptiest, float(percent) if percent.isdecimal() else LOW_PERCENT if low else 100.0)
    return _battery(emptiest)


def on_windows(plugged_in: int, percent: int, saver: int) -> str:
    """From the bytes of SYSTEM_POWER_STATUS: ACLineStatus, BatteryLifePercent, SystemStatusFlag."""
    if saver == 1:
        return SAVER
    return _battery(float(percent)) if plugged_in == 0 and percent != _UNKNOWN_PERCENT else ""


def on_mac(batteries: str, settings: str) -> str:
    """From what `pmset -g batt` and `pmset -g` print."""
    if re.search(r"^\s*(?:lowpowermode|powermode)\s+1\b", settings, re.MULTILINE):
        return SAVER
    found = re.search(r"(\d+)%;\s*discharging", batteries)
    return _battery(float(found[1])) if found else ""


def _battery(percent: float) -> str:
    return f"the battery is at {percent:.0f} %" if percent <= LOW_PERCENT else ""


class _Status(ctypes.Structure):
    """SYSTEM_POWER_STATUS of Windows."""

    _fields_ = (
        ("plugged_in", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("left_s", ctypes.c_uint32),
        ("full_s", ctypes.c_uint32),
    )


def _windows_status() -> tuple[int, int, int]:
    status, library = _Status(), getattr(ctypes, "windll")  # noqa: B009 - there on Windows alone
    if not library.kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return 1, _UNKNOWN_PERCENT, 0
    return status.plugged_in, status.percent, status.saver


def _told(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_WITHIN_S, check=False)
    return done.stdout


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""
