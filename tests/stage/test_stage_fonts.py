"""Fonts of the system: found by script, by what they really have, and told where they are missing."""

import subprocess

import pygame
import pygame.freetype
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from system_fonts import needs

from rehabgames import words
from rehabgames.stage import fonts
from rehabgames.stage.letters import Letters
from rehabgames.stage.scripts import ARABIC, CHINESE, LATIN, SAMPLES, clusters, script_of


def box(width, height):
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for spot in ((50, height), (width, height), (width, 0)):
        pen.lineTo(spot)
    pen.closePath()
    return pen.glyph()


def made_font(path, letters, *, boxes):
    """A font that has these letters: all the same box, or each a box of its own."""
    names = {ord(letter): "box" if boxes else f"glyph{i}" for i, letter in enumerate(letters)}
    own = {name: box(200 + 100 * (i % 8), 200 + 100 * (i // 8)) for i, name in enumerate(names.values())}
    glyphs = {".notdef": box(500, 700)} | own
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 50)))
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: (tmp_path,))
    return tmp_path


def test_without_fonts_every_script_of_a_language_is_missing(folder):
    assert fonts.missing_scripts("de") == (LATIN,)
    assert fonts.missing_scripts("zh_CN") == (LATIN, CHINESE)
    assert fonts.missing_scripts("ar") == (LATIN, ARABIC)
    assert fonts.packages_of((LATIN, ARABIC, CHINESE)) == ("fonts-noto-core", "fonts-noto-cjk")


def test_a_font_that_draws_boxes_is_not_one_for_a_script(folder):
    made_font(folder / "NotoSansSC-Regular.ttf", SAMPLES[CHINESE], boxes=True)
    made_font(folder / "simhei.ttf", SAMPLES[CHINESE], boxes=False)
    made_font(folder / "NotoSans-Regular.ttf", SAMPLES[LATIN], boxes=True)
    assert fonts.found(CHINESE) == fonts.Face(folder / "simhei.ttf")
    assert fonts.missing_scripts("zh") == (LATIN,)


def test_a_font_that_lacks_one_letter_is_not_one_for_a_script(folder):
    made_font(folder / "NotoSans-Regular.ttf", SAMPLES[LATIN].replace("ß", ""), boxes=False)
    (folder / "Ubuntu-R.ttf").write_bytes(b"no font")
    assert fonts.found(LATIN) is None


def test_a_weight_that_is_missing_is_made_from_the_other(folder):
    made_font(folder / "DejaVuSans.ttf", SAMPLES[LATIN], boxes=False)
    made_font(folder / "DejaVuSans-Bold.ttf", "abc", boxes=False)
    regular = fonts.found(LATIN)
    pygame.font.init()
    assert regular == fonts.Face(folder / "DejaVuSans.ttf")
    assert fonts.found(LATIN, bold=True) == fonts.Face(regular.path, thickened=True)
    assert fonts.opened(fonts.found(LATIN, bold=True), 40, LATIN).get_bold()


def test_a_language_that_cannot_be_written_is_told_with_its_package(folder):
    made_font(folder / "NotoSans-Regular.ttf", SAMPLES[LATIN], boxes=False)
    notes = []
    Letters(notes, "zh")
    assert notes == ["No font for Chinese letters was found; boxes stand in for them (fonts-noto-cjk)."]


def test_fonts_are_found_without_another_process(monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise AssertionError("a process takes too long for a start")

    usual = {language: fonts.missing_scripts(language) for language in ("en", "zh", "ar")}
    within = (*fonts.folders(), tmp_path)  # they have not been looked through together
    monkeypatch.setattr(fonts, "folders", lambda: within)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert {language: fonts.missing_scripts(language) for language in usual} == usual


@needs("zh")
def test_chinese_is_drawn_in_its_simplified_shapes():
    """One file holds the shapes of Japan, Korea and China; these three letters differ between them."""
    face, bone = fonts.found(CHINESE), "骨直角"
    pygame.font.init()
    pygame.freetype.init()
    if face.index == 0:
        pytest.skip(f"{face.path.name} is not a collection with the simplified shapes inside")
    ours = pygame.image.tobytes(fonts.opened(face, 60, CHINESE).render(bone, True, "black"), "RGBA")
    first = pygame.image.tobytes(pygame.font.Font(str(face.path), 60).render(bone, True, "black"), "RGBA")
    assert ours != first
    assert pygame.freetype.Font(str(face.path), font_index=face.index).name.endswith("SC")


@pytest.mark.parametrize("language", words.languages())
def test_every_letter_of_a_language_is_in_its_fonts(language):
    if missing := fonts.missing_scripts(language):
        pytest.skip(f"no font for {' and '.join(missing)} on this system")
    pygame.freetype.init()
    letters = {
        (script, letter)
        for text in words.catalogue(language).values()
        for cluster in clusters(text)
        if (script := script_of(cluster[0], chinese=language.startswith("zh"))) is not None
        for letter in cluster
    }
    for script in {script for script, _ in letters}:
        own = sorted(letter for its, letter in letters if its == script)
        for bold in (False, True):
            face = fonts.found(script, bold=bold)
            font = pygame.freetype.Font(str(face.path), 20, font_index=face.index)
            has = zip(own, font.get_metrics("".join(own)), strict=True)
            assert [letter for letter, metrics in has if metrics is None] == []
