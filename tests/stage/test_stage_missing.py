"""Every place can be played without its pictures, letters and sounds, and says once what is missing."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.metadata import PackageNotFoundError

import pytest
from every_place import ASSETS, FIRST, NAMES, difference, played, settled, some_assets

from rehabgames.core.view import HALF_CLOSED, STEERED, Cue
from rehabgames.stage import fonts, letters
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.pictures import read_part
from rehabgames.stage.places import PLACES
from rehabgames.stage.sound import CUES, Sounds
from rehabgames.stage.window import Stage

SIZE = (640, 360)
HELD = (*STEERED, "lamp", "pen")
BY_X = 0.25


def moved(view):
    """The same, with what steers somewhere else."""
    hand = replace(view.hand, x=view.hand.x - BY_X, y=view.hand.y - BY_X)
    if view.place == "concert":
        hand = replace(view.hand, grip=view.hand.grip + HALF_CLOSED)
    things = tuple(replace(t, x=t.x - BY_X) if t.kind in HELD else t for t in view.things)
    return replace(view, hand=hand, things=things)


def can_be_played(stage, place):
    """What is asked stands out of the place, where it is asked; and what steers is seen to move."""
    view = played(place)
    bare = settled(stage, replace(view, target=None, things=(), hand=None, prompt=None, phase="rest"))
    asked = settled(stage, view, 30.0)
    area = Layout.of(SIZE, view.side).play
    x = round(Frame(SIZE, view.window, area).to_screen(view.target.x, view.target.y)[0])
    here = slice(max(area[0], x - 48), x + 48), slice(area[1], area[1] + area[3])
    seen = difference(bare[here], asked[here])
    assert seen.contrast >= 3.0
    assert seen.box[2] - seen.box[0] >= 24  # 48 px of the 720 px grid
    assert seen.box[3] - seen.box[1] >= 24
    elsewhere = difference(asked, settled(stage, moved(view), 31.5))
    assert elsewhere.share * SIZE[0] * SIZE[1] >= 200
    stage.cue(Cue("place", 0.2, -0.2), 32.0)
    for phase in ("paused", "saving", "done", "looking"):
        stage.paint(replace(view, phase=phase), 33.0)


@pytest.mark.parametrize("place", NAMES)
def test_without_the_pictures_of_a_place(make_stage, tmp_path, place):
    stage = make_stage(SIZE, some_assets(tmp_path, without=(place,)))
    can_be_played(stage, place)
    assert stage.notes == [f"The pictures of '{place}' are missing; plain shapes stand in for them."]


@pytest.mark.parametrize("place", NAMES)
def test_without_any_picture(make_stage, tmp_path, place):
    stage = make_stage(SIZE, tmp_path)
    can_be_played(stage, place)
    assert stage.notes == ["The pictures are missing; plain shapes stand in for them."]


@pytest.mark.parametrize("place", NAMES)
def test_with_one_picture_missing_or_damaged(make_stage, tmp_path, place):
    name = f"{place}/{FIRST[place]}.svg"
    without = make_stage(SIZE, some_assets(tmp_path / "missing", without=(name,)))
    can_be_played(without, place)
    assert without.notes == [f"The picture {name} is missing; a plain shape stands in for it."]
    without.close()
    assets = some_assets(tmp_path / "damaged")
    path = assets / "pictures" / name
    path.write_bytes(path.read_bytes()[:-20])
    damaged = make_stage(SIZE, assets)
    can_be_played(damaged, place)
    assert damaged.notes == [f"The picture {name} cannot be read; a plain shape stands in for it."]


def not_installed(name):
    raise PackageNotFoundError(name)


@pytest.mark.parametrize("place", NAMES)
def test_where_nothing_can_be_rasterised(make_stage, monkeypatch, tmp_path, place):
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path))  # nor was it at an earlier start
    monkeypatch.setitem(sys.modules, "resvg_py", None)  # as where it is not installed
    monkeypatch.setattr("rehabgames.stage.shelf.version", not_installed)
    stage = make_stage(SIZE)
    can_be_played(stage, place)
    assert stage.notes == ["Pictures cannot be drawn on this machine; plain shapes stand in for them."]


APPLE = (ASSETS / "pictures" / "orchard" / "apple.svg").read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a picture",
        APPLE[: len(APPLE) // 2],
        APPLE.replace("</svg>", "</g></svg>"),
        APPLE.replace("viewBox", "box"),
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"><g/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12"><g/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="- - . ."><g/></svg>',
    ],
)
def test_damage_is_seen_before_it_is_drawn(text):
    with pytest.raises(ValueError, match=r"."):
        read_part(text)


def test_every_shipped_picture_is_whole():
    for path in sorted((ASSETS / "pictures").rglob("*.svg")):
        assert read_part(path.read_text("utf-8")).inner.strip(), path


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", None])
def test_a_picture_that_is_no_text_or_a_folder_is_told_once(make_stage, tmp_path, content):
    assets = some_assets(tmp_path)
    path = assets / "pictures" / "orchard" / "apple.svg"
    path.unlink()
    path.mkdir() if content is None else path.write_bytes(content)
    stage = make_stage(SIZE, assets)
    for i in range(3):
        stage.paint(played("orchard"), 5.0 + i)
    assert stage.notes == ["The picture orchard/apple.svg cannot be read; a plain shape stands in for it."]


def test_without_fonts_there_are_letters_and_one_note(make_stage, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: ())
    stage = make_stage(SIZE)
    for i in range(3):
        stage.paint(played("orchard"), 5.0 + i)
    assert stage.notes == ["No sans-serif system font was found; the letters of pygame stand in for it."]


def test_a_font_that_cannot_be_opened_is_told_once_for_all_its_weights(make_stage, tmp_path, monkeypatch):
    """It was whole when the fonts were looked for."""
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    monkeypatch.setattr(letters, "found", lambda script, bold=False: fonts.Face(tmp_path / "broken.ttf"))
    stage = make_stage(SIZE)
    stage.paint(played("orchard"), 5.0)
    assert stage.notes == ["The system's font cannot be opened; the letters of pygame stand in for it."]


def test_without_a_sound_card_every_place_is_silent_and_says_so_once(monkeypatch):
    """Sounds are made, not read: there are no files of them that could be missing."""
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    notes = []
    sounds = Sounds(notes)
    for place in PLACES:
        sounds.tune(place)
        for i, kind in enumerate((*CUES, "pour", "unknown")):
            sounds.play(kind, 0.5, float(i))
    sounds.close()
    assert notes == ["No sound can be played on this machine; the game goes on in silence."]


def test_without_a_sound_card_the_stage_plays_on(monkeypatch):
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    stage = Stage(ASSETS, lambda m, _: m.id, size=SIZE, voice=True)
    try:
        for i in range(10):
            stage.cue(Cue("place", 0.1, 0.1), 5.0 + i / 10)
            stage.paint(played("orchard"), 5.0 + i / 10)
    finally:
        stage.close()
    assert [note for note in stage.notes if "silence" in note] == stage.notes
    assert len(stage.notes) == 1
