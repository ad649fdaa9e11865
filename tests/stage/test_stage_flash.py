"""H6: no scene flashes, whatever is asked of it (WCAG 2.3.1, general flash threshold)."""

from dataclasses import replace

import numpy as np
import pytest
from screen import brightness, flashes
from stage_views import base, playing

from rehabgames.core.view import GUIDES, Cue, Guide, Target
from rehabgames.testing.flashes import SMALL, worst_share

SIZE = (1280, 720)
FPS = 60


def test_the_flash_meter_sees_a_flash_h6():
    dark, bright = np.zeros(SMALL), np.ones(SMALL)
    quick = [bright if i // 6 % 2 else dark for i in range(FPS)]
    slow = [bright if i // 15 % 2 else dark for i in range(FPS)]
    assert worst_share(quick, FPS) == 1.0
    assert worst_share(slow, FPS) == 0.0


def cues(i):
    kind = ("appear", "pick", "place", "miss", "calibrated", "pause", "resume", "done")[i % 8]
    return playing(), Cue(kind, 0.3 + 0.2 * (i % 2), -0.4)


def same_place_rewards(i):
    return playing(count=i), Cue("place", 0.3, -0.4)


def jumping_targets(i):
    x = (0.6, -0.4)[i // 5 % 2]
    return playing(target=Target("pick", x, -0.4, 0.16, i % 2, i // 5), things=()), None


def kinds_of_target(i):
    view = playing(("pick", "farthest", "place", "rest")[i // 4 % 4])
    return replace(view, target=replace(view.target, number=i // 4)), None


def pausing(period):
    def scene(i):
        return replace(playing(), phase="paused" if i // period % 2 else "play"), None

    return scene


def phases(i):
    name = ("play", "paused", "done", "looking", "saving", "rest")[i // 6 % 6]
    return (playing() if name in ("play", "paused") else base(name)), None


def guides(period):
    def scene(i):
        number = i // period
        name = GUIDES[number % len(GUIDES)]
        asked = Guide(name, ("left", "right")[number % 2], number % 3 == 2, number % 4 / 3, 1, 3, number)
        return base("calibrate", guide=asked, prompt=None), None

    return scene


def lamp_there_and_back(i):
    asked = Guide("more_light", "right", i // 9 % 2 == 1, 0.0, 0, 0, 0)
    return base("calibrate", guide=asked, prompt=None), None


def guide_that_comes_and_goes(i):
    asked = Guide("come_into_picture", "right", False, 0.0, 0, 0, i // 8)
    return base("calibrate", guide=asked if i // 8 % 2 else None, prompt=None), None


def guide_and_play(period):
    def scene(i):
        asked = Guide("pinch_close", "right", False, 0.0, 0, 0, 0, shows="hand")
        guided = base("calibrate", guide=asked, prompt=None)
        return guided if i // period % 2 == 0 else playing(), None

    return scene


def flickering_camera(period):
    def scene(i):
        return playing(), np.full((480, 640, 3), 255 * (i // period % 2), np.uint8)

    return scene


SCENES = {
    "cues": cues,
    "rewards at one place": same_place_rewards,
    "jumping targets": jumping_targets,
    "kinds of target": kinds_of_target,
    "pause 7 times a second": pausing(4),
    "pause 4 times a second": pausing(7),
    "phases": phases,
    "a guide shown calmly": guides(600),
    "guides 7 times a second": guides(8),
    "lamp there and back": lamp_there_and_back,
    "a guide that comes and goes": guide_that_comes_and_goes,
    "a guide and the play 4 times a second": guide_and_play(8),
    "a guide and the play in turns": guide_and_play(50),
    "camera flickers at 15 Hz": flickering_camera(2),
    "camera flickers at 4 Hz": flickering_camera(7),
}


@pytest.mark.parametrize("name", SCENES)
def test_no_scene_flashes_more_than_three_times_a_second_h6(make_stage, name):
    stage = make_stage(SIZE)
    frames = []
    for i in range(2 * FPS):
        view, extra = SCENES[name](i)
        now_s = 50.0 + i / FPS
        if isinstance(extra, Cue):
            stage.cue(extra, now_s)
        stage.paint(view, now_s, extra if isinstance(extra, np.ndarray) else None)
        frames.append(brightness())
    assert not flashes(frames, FPS)
