"""The window: light to import, keys that mean STOP, a plain error where there is no screen."""

import subprocess
import sys

import pygame
import pytest

from rehabgames.core.errors import MachineError
from rehabgames.core.inputs import Stop
from rehabgames.stage.window import Stage, display_available


def test_the_package_imports_without_pygame_and_the_window_without_a_banner():
    code = (
        "import sys, rehabgames.stage; assert 'pygame' not in sys.modules; "
        "import rehabgames.stage.window; assert 'pygame' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("key", [pygame.K_ESCAPE, pygame.K_SPACE, pygame.K_q])
def test_keys_mean_stop(make_stage, key):
    stage = make_stage()
    stage.inputs()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key))
    assert stage.inputs() == [Stop(by="key")]
    assert stage.inputs() == []


def test_closing_the_window_means_stop_and_other_keys_mean_nothing(make_stage):
    stage = make_stage()
    stage.inputs()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a))
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert stage.inputs() == [Stop(by="window")]


def test_the_window_is_known_by_the_program_s_own_icon_where_that_is_there(monkeypatch, make_stage, tmp_path):
    icons = []
    monkeypatch.setattr(pygame.display, "set_icon", icons.append)
    make_stage()
    (icon,) = icons
    assert icon.get_size() == (64, 64)
    assert icon.get_at((0, 0)).a == 0, "its corners are round"
    apple = max((icon.get_at((x, y)) for x in range(64) for y in range(64)), key=lambda c: c.r - c.b)
    assert apple.r - apple.b > 150
    stage = make_stage(assets=tmp_path)
    assert len(icons) == 1
    assert not any("icon" in note for note in stage.notes)


def test_without_a_display_it_says_so(monkeypatch, tmp_path):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    if sys.platform.startswith("linux"):
        assert display_available() is False
    with pytest.raises(MachineError, match="No window can be opened here"):
        Stage(tmp_path, lambda m, _: m.id, sound=False)
