"""Letters of every script, as they are drawn: joined, in order, and inside their boxes at any text scale."""

import itertools

import numpy as np
import pygame
import pytest
from every_place import ASSETS, played
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, features
from scipy import ndimage
from stage_views import playing
from system_fonts import needs

from rehabgames import words
from rehabgames.core.player import Comfort
from rehabgames.stage.board import paint_prompt
from rehabgames.stage.easel import Easel
from rehabgames.stage.fonts import found
from rehabgames.stage.frame import Frame
from rehabgames.stage.guides.ground import stand
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Fitted, Letters
from rehabgames.stage.pictures import Pictures
from rehabgames.stage.scripts import ARABIC
from rehabgames.stage.window import Stage

INK, LEAST = "#173b34", 32
REACH = "مُدّ يدك نحو الثمرة"
SAID = {
    "ar": "مُدّ يدك نحو الثمرة ثمّ ثبّتها هناك مدّة 3 ثوانٍ من فضلك.",
    "zh": "请把手慢慢地伸向那个红色的果实，然后在那里保持3秒钟。",
    "de": "Strecken Sie den Arm langsam nach der roten Frucht aus und halten Sie sie.",
    "es": "Estire el brazo despacio hacia la fruta roja y sosténgala ahí tres segundos.",
}
# what is said beside the play, at most a sentence each; the rest of the catalogue is for pages
PROMPTS = ("calibrate", "confirm", "cue", "done", "guide", "look", "pause", "play", "rest", "room", "save")

AS_RAQM = pytest.mark.skipif(not features.check("raqm"), reason="Pillow has no Raqm here to compare with")


@pytest.fixture(autouse=True)
def _display():
    pygame.display.init()
    pygame.display.set_mode((64, 64))
    yield
    pygame.display.quit()


def made(language="en"):
    notes = []
    letters = Letters(notes, language)
    assert notes == []
    return letters


def ink(surface):
    """(width, height) of bool: where letters are."""
    return pygame.surfarray.array_alpha(surface) > 100


def trimmed(drawn):
    return drawn[np.ix_(drawn.any(axis=1), drawn.any(axis=0))]


def shapes(surface):
    """Widths of the connected shapes, the widest first, px."""
    found_in = ndimage.find_objects(ndimage.label(ink(surface), np.ones((3, 3)))[0])
    return sorted((across.stop - across.start for across, _ in found_in), reverse=True)


def extent(drawn):
    """((left, right), (top, bottom)) of what is drawn, px."""
    return tuple(
        (int(inked[0]), int(inked[-1])) for axis in (1, 0) for inked in [np.flatnonzero(drawn.any(axis=axis))]
    )


def gaps(drawn):
    """Columns without letters between columns with some, as arrays of x, px."""
    inked = np.flatnonzero(drawn.any(axis=1))
    return [np.arange(a + 1, b) for a, b in itertools.pairwise(inked) if b - a > 1]


@needs("ar")
def test_arabic_letters_are_joined():
    letters = made("ar")
    word = "محمد"
    joined = shapes(letters.line(word, 60, INK))
    alone = [width for each in word for width in shapes(letters.line(each, 60, INK))]
    assert (len(joined), len(alone)) == (1, 4)
    assert joined[0] > 1.5 * max(alone)


def by_raqm(text, size):
    """Where letters are when Pillow draws them with HarfBuzz and FriBidi."""
    face = found(ARABIC)
    font = ImageFont.truetype(str(face.path), size, face.index, layout_engine=ImageFont.Layout.RAQM)
    page = Image.new("L", (20 * size, 4 * size))
    ImageDraw.Draw(page).text((size, size), text, 255, font, direction="rtl", language="ar")
    return trimmed(np.asarray(page).T > 100)


@needs("ar")
@AS_RAQM
@pytest.mark.parametrize(
    "text", [REACH, "ضَع يدَكَ اليُمنى أوّلاً ثُمَّ ارفعها،", "جيدًا إلى الأعلى؟", "لا إله", "ثوانٍ"]
)
def test_arabic_looks_as_another_program_draws_it(text):
    """Letters, marks and their order."""
    theirs, ours = by_raqm(text, 80), trimmed(ink(made("ar").line(text, 80, INK)))
    assert np.abs(np.subtract(ours.shape, theirs.shape)).max() <= 4
    size = np.minimum(ours.shape, theirs.shape)
    both = [ndimage.binary_dilation(each[: size[0], : size[1]], iterations=3) for each in (ours, theirs)]
    assert (both[0] & both[1]).sum() > 0.85 * (both[0] | both[1]).sum()


@needs("ar")
def test_the_first_word_is_at_the_right_end():
    letters = made("ar")
    whole = ink(letters.line("محمد يدك", 60, INK))
    gap = max(gaps(whole), key=len)
    last, first = trimmed(whole[: gap[0]]), trimmed(whole[gap[-1] :])
    for word, shown in (("محمد", first), ("يدك", last)):
        assert np.array_equal(shown, trimmed(ink(letters.line(word, 60, INK))))


@needs("ar")
def test_a_number_in_arabic_looks_as_it_does_alone():
    letters = made("ar")
    whole = ink(letters.line("يدك 3/10 يدك", 60, INK))
    number = trimmed(ink(letters.line("3/10", 60, INK)))
    left, right = sorted(sorted(gaps(whole), key=len)[-2:], key=lambda gap: gap[0])
    assert np.array_equal(trimmed(whole[left[-1] : right[0] + 1]), number)


@needs("ar")
def test_a_line_of_several_scripts_stands_on_one_line():
    """Alef and H both end on it."""
    whole = ink(made("ar").line("ا H", 60, INK))
    gap = max(gaps(whole), key=len)
    ends = [np.flatnonzero(each.any(axis=0))[-1] for each in (whole[: gap[0]], whole[gap[-1] :])]
    assert abs(int(ends[0] - ends[1])) <= 1


@needs("ar")
@AS_RAQM
@pytest.mark.parametrize("text", ["لأُضٍّ", "لّٰكِّ", "إِلَى"])
def test_marks_upon_marks_are_not_cut_off(text):
    ours, theirs = trimmed(ink(made("ar").line(text, 60, INK))), by_raqm(text, 60)
    assert abs(ours.shape[1] - theirs.shape[1]) <= 3


def test_what_was_drawn_or_fitted_is_kept():
    letters = made()
    assert letters.line("Hold.", 36, INK) is letters.line("Hold.", 36, INK)
    assert letters.line("Hold.", 36, INK) is not letters.line("Hold.", 36, INK, bold=True)
    assert letters.fit("Hold.", (90, 90), 36, 32) is letters.fit("Hold.", (90, 90), 36, 32)


def test_a_text_is_as_large_as_its_box_allows():
    letters = made()
    text, width = "Reach for the fruit and hold.", made().width("Reach for the fruit and hold.", 36)
    assert letters.fit(text, (width, 88), 36, LEAST) == letters.fit(text, (width + 50, 200), 36, LEAST)
    assert (
        letters.fit(text, (width, 88), 36, LEAST).size_px,
        letters.fit(text, (width, 88), 36, LEAST).lines,
    ) == (
        36,
        (text,),
    )
    two = letters.fit(text, (width - 80, 88), 36, LEAST)
    assert two == Fitted(32, ("Reach for the", "fruit and hold."))
    assert letters.fit(text, (width - 80, 100), 36, LEAST).size_px == 36
    sizes = [letters.fit(text, (width, 44 * n), 99, LEAST).size_px for n in (1, 3, 6)]
    assert sizes[0] == LEAST < 44 < sizes[1] < 60 < sizes[2]


@needs("ar")
def test_a_line_without_arabic_is_read_as_its_text_is():
    """The second line of an Arabic sentence ends on its left, of an English one on its right."""
    for language, text in (("ar", "مدّ يدك Anna!"), ("en", "Anna, أحمد!")):
        letters = made(language)
        fitted = letters.fit(text, (letters.width(text, 60) - 20, 400), 60, 60)
        assert len(fitted.lines) == 2
        last = ink(letters.line(fitted.lines[1], 60, INK))
        stroke = trimmed(ink(letters.line("!", 60, INK)))
        ends = trimmed(last)[: len(stroke)] if language == "ar" else trimmed(last)[-len(stroke) :]
        assert np.array_equal(trimmed(ends), stroke)


def test_what_does_not_fit_says_so_and_stays_in_its_box():
    letters = made()
    word = letters.fit("Schulterblattbewegung", (200, 200), 64, LEAST)
    assert not word.fits
    assert "".join(word.lines) == "Schulterblattbewegung"
    helped = letters.fit("Schulter\u00adblatt\u00adbewegung", (240, 200), 64, LEAST)
    assert helped.fits
    assert helped.lines[0] in ("Schulter-", "Schulterblatt-")
    long = letters.fit("Rest your hand in your lap and wait for a while.", (300, 90), 64, LEAST)
    assert not long.fits
    assert long.lines[-1].endswith("…")
    for fitted, width in ((word, 200), (helped, 240), (long, 300)):
        assert max(letters.line(line, fitted.size_px, INK).get_width() for line in fitted.lines) <= width
        assert fitted.size_px >= LEAST


@settings(max_examples=60, deadline=None)
@given(
    st.text("aW -\u00adß请，。”يمّ(3)", min_size=1, max_size=40),
    st.tuples(st.integers(80, 500), st.integers(60, 300)),
    st.integers(32, 72),
)
@example("\u06513W\u0645", (80, 60), 32)  # a mark that no letter bears
@example("\u00ad", (80, 60), 45)  # nothing to be seen
def test_no_line_of_any_text_leaves_its_box(text, box, size):
    for language in ("en", "ar"):
        letters = Letters([], language)
        fitted = letters.fit(text, box, size, LEAST)
        assert max(letters.width(line, fitted.size_px) for line in fitted.lines) <= box[0]
        rows = sum(letters.height(line, fitted.size_px) for line in fitted.lines)
        assert rows <= max(box[1], letters.height(text, LEAST))
        assert LEAST <= fitted.size_px <= size


def easel_of(language, size, side, scale):
    canvas = pygame.display.set_mode(size)
    canvas.fill("#000000")
    layout = Layout.of(size, side, text_scale=scale)
    frame = Frame(size, playing().window, layout.play)
    return Easel(canvas, Pictures(ASSETS / "pictures", []), made(language), layout, frame, 0.0)


def longer(text):
    """A text that is longer by two fifths, in words of its own, as another language makes it."""
    own, wanted = itertools.cycle(text.split()), 1.4 * len(text)
    while len(text) < wanted:
        text = f"{text} {next(own)}"
    return text


def longest(n=12):
    catalogue = words.catalogue("en")
    said = [text for key, text in catalogue.items() if key.split(".")[0] in PROMPTS]
    assert len(said) > 80
    return [longer(text) for text in sorted(said, key=len)[-n:]]


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", ["en", "es", "de", "zh", "ar"])
def test_no_prompt_leaves_its_plate_or_hides_the_play(language, scale, request):
    """The longest that are said in English, longer by two fifths, and a long one of each language."""
    request.applymarker(needs(language))
    for size, side in (((1280, 720), "right"), ((1920, 1080), "left")):
        easel = easel_of(language, size, side, scale)
        left, top, width, _ = easel.layout.prompt
        for text in [SAID[language]] if language in SAID else longest():
            easel.canvas.fill("#808080")
            paint_prompt(easel, text, None)
            shown = pygame.surfarray.array3d(easel.canvas)
            plate, letters = ((shown > 220).all(axis=2), (shown < 90).all(axis=2))
            (first, last), (high, low) = extent(plate)
            assert left <= first < last < left + width
            assert top - 1 <= high < low < easel.layout.play[1] + easel.px(24)
            inked = extent(letters)
            assert first + easel.px(8) < inked[0][0] < inked[0][1] < last - easel.px(8)
            assert high < inked[1][0] < inked[1][1] < low


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_letters_grow_with_the_text_scale(scale):
    """Never under 32 px at 720p; what is said in play twice as large at 200 %, the longest half as large
    again."""
    easel = easel_of("en", (1280, 720), "right", scale)
    _, _, width, height = easel.layout.prompt
    room = (width - 122, height + 20)
    sizes = {
        text: easel.letters.fit(text, room, easel.letters_px(36), LEAST)
        for text in ("Reach for the fruit and hold.", "Turn the camera until you are upright.", *longest())
    }
    assert all(fitted.fits for fitted in sizes.values())
    assert min(fitted.size_px for fitted in sizes.values()) >= LEAST * (1 + 0.35 * (scale - 1))
    assert sizes["Reach for the fruit and hold."].size_px == 36 * scale
    assert sizes["Turn the camera until you are upright."].size_px >= 32 * scale


def test_another_text_scale_is_refused():
    for scale in (0.9, 2.1, float("nan")):
        with pytest.raises(ValueError, match=r"from 1\.0 to 2\.0"):
            Layout.of((1280, 720), "right", text_scale=scale)


@needs("ar")
def test_the_pictogram_stands_where_reading_begins():
    spots = {}
    for language in ("en", "ar"):
        easel = easel_of(language, (1280, 720), "right", 1.0)
        left, _, width, _ = easel.layout.prompt
        spots[language] = paint_prompt(easel, SAID["ar"], None)[0] - (left + width / 2)
    assert spots["ar"] == pytest.approx(-spots["en"])
    assert spots["ar"] > 100


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_who_shows_a_movement_stands_between_prompt_and_grass(scale):
    easel = easel_of("en", (1280, 720), "right", scale)
    _, top, _, height = easel.layout.prompt
    _, head, _, down = stand(easel)
    assert head >= top + height + 20
    assert head + down == 638


def test_the_river_comes_down_with_its_play():
    """Of its banks, between mirror and prompt, the same is seen; and the sky goes on above it."""
    strips = {}
    for scale in (1.0, 2.0):
        stage = Stage(
            ASSETS,
            lambda m, _: "Hold.",
            headless=True,
            sound=False,
            comfort=Comfort(calm=True, letters=scale),
        )
        try:
            stage.paint(played("river"), 5.0)
            strips[scale] = pygame.surfarray.array3d(pygame.display.get_surface())[400:406].astype(float)
            lower = Layout.of((1280, 720), "right", text_scale=scale).play[1] - 88
        finally:
            stage.close()
    lower //= 2
    far = slice(170, 260)  # the horizon; what stands nearer on the banks is painted anew
    assert np.abs(strips[2.0][:, far.start + lower : far.stop + lower] - strips[1.0][:, far]).mean() < 1
    assert np.abs(strips[2.0][:, far] - strips[1.0][:, far]).mean() > 6
    assert np.abs(np.diff(strips[2.0][:, :100], axis=1)).max() < 12
