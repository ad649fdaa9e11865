"""Frame and Layout: play coordinates fit on the screen, and nothing lies over the play area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout

WINDOW = (-0.9, -1.15, 1.15, 0.35)
near = st.floats(-2, 2)


@given(x=near, y=near, size=st.sampled_from([(1280, 720), (1920, 1080), (1024, 768)]))
def test_a_place_comes_back_from_the_screen(x, y, size):
    frame = Frame(size, WINDOW, Layout.of(size, "right").play)
    back = frame.to_play(*frame.to_screen(x, y))
    assert back == pytest.approx((x, y), abs=1e-9)


@given(
    x0=st.floats(-2, -0.1),
    y0=st.floats(-2, -0.1),
    x1=st.floats(0.1, 2),
    y1=st.floats(0.1, 2),
    size=st.tuples(st.integers(64, 4000), st.integers(64, 3000)),
)
def test_the_window_fits_and_touches_two_edges(x0, y0, x1, y1, size):
    width, height = size
    frame = Frame(size, (x0, y0, x1, y1))
    left, bottom = frame.to_screen(x0, y0)
    right, top = frame.to_screen(x1, y1)
    assert left >= -1e-6
    assert top >= -1e-6
    assert right <= width + 1e-6
    assert bottom <= height + 1e-6
    assert right - left == pytest.approx(width) or bottom - top == pytest.approx(height)
    assert (right - left) / (x1 - x0) == pytest.approx((bottom - top) / (y1 - y0))


def test_up_is_up_and_the_players_right_is_right():
    frame = Frame((1280, 720), WINDOW)
    x, y = frame.to_screen(0, 0)
    assert frame.to_screen(0.5, 0)[0] > x
    assert frame.to_screen(0, 0.2)[1] < y


@pytest.mark.parametrize("window", [(0, 0, 0, 1), (0, 1, 1, 0), (1, 0, 0, 1)])
def test_an_empty_window_is_refused(window):
    with pytest.raises(ValueError, match="nothing can be fitted"):
        Frame((1280, 720), window)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_target_of_usual_radius_is_at_least_96_px_of_720(size):
    layout = Layout.of(size, "right")
    frame = Frame(size, WINDOW, layout.play)
    assert 2 * frame.length(0.12) >= 96 * layout.unit


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1366, 768), (1024, 768)])
def test_mirror_board_and_prompt_are_not_over_the_play_area(size, side):
    layout = Layout.of(size, side)
    x, y, w, h = layout.play
    for left, top, across, down in (layout.mirror, layout.board, layout.prompt):
        assert left + across <= x or left >= x + w or top + down <= y or top >= y + h
        assert left >= 0
        assert top >= 0
        assert left + across <= size[0]
        assert top + down <= size[1]
    stops = [left + across / 2 < size[0] / 2 for left, _, across, _ in layout.stops]
    assert sorted(stops) == [False, True]
