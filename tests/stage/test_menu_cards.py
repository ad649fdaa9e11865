"""Cards of choices: their kind is told by shape, and words never leave them."""

from __future__ import annotations

import pygame
import pytest
from every_place import ASSETS
from menu_views import SCREENS

from rehabgames.stage.easel import Easel
from rehabgames.stage.frame import Frame
from rehabgames.stage.layout import Layout
from rehabgames.stage.letters import Letters
from rehabgames.stage.menus import contents
from rehabgames.stage.menus.cards import Card
from rehabgames.stage.menus.contents import Told
from rehabgames.stage.menus.words import LEAST, fitted, height_of
from rehabgames.stage.palette import contrast
from rehabgames.stage.pictures import Pictures
from rehabgames.words import render

SIZE = (1280, 720)
LONG = (
    "Yes",
    "Somebody whom nobody has seen here before",
    "Donaudampfschifffahrtsgesellschaft",
    "Ein ziemlich langer Satz, der auf keiner Karte in einer einzigen Zeile stehen kann",
)


@pytest.fixture(autouse=True)
def _screen():
    pygame.display.set_mode((640, 360))  # surfaces need one
    yield
    pygame.display.quit()


def easel(size=SIZE):
    layout = Layout.of(size, "right")
    frame = Frame(size, (-1, -1, 1, 1), layout.play)
    return Easel(pygame.Surface(size), Pictures(ASSETS / "pictures", []), Letters([]), layout, frame, 0.0)


def test_the_double_frame_is_seen_on_anything():
    """One of its lines has 3:1 to whatever lies beside it."""
    card = Card(easel(), (200, 160), "plain")
    frame = card.frame
    middle = frame.get_height() // 2
    line = [frame.get_at((x, middle)) for x in range(frame.get_width() // 2)]
    solid = [tuple(colour)[:3] for colour in line if colour.a > 200]
    lightest, darkest = max(solid, key=sum), min(solid, key=sum)
    for level in range(0, 256, 5):
        assert max(contrast(lightest, (level,) * 3), contrast(darkest, (level,) * 3)) >= 3.0


def test_an_answer_is_told_by_its_corners_without_colour():
    """Round for yes, square for no, between them for the others."""
    clear = {}
    for tone in ("yes", "no", "plain", "go"):
        paper = Card(easel(), (300, 300), tone).paper
        alpha = pygame.surfarray.array_alpha(paper)[1:61, 1:61]
        clear[tone] = (alpha < 128).mean()
    assert clear["no"] < 0.02 < clear["plain"] < 0.5 * clear["yes"]
    assert clear["no"] < clear["go"] < 0.5 * clear["yes"]
    go, plain = (Card(easel(), (300, 300), tone).paper.get_width() for tone in ("go", "plain"))
    assert go > plain


BOXES = sorted({each.box[2:] for screen in SCREENS.values() for each in screen.menu(0).choices})


@pytest.mark.parametrize("size", [SIZE, (640, 360), (1920, 1080)])
@pytest.mark.parametrize("text", LONG)
def test_words_never_leave_their_card_nor_touch_its_ring(text, size):
    on = easel(size)
    for across, down in BOXES:
        for told in (
            Told(text, "who_bird", "", ()),
            Told(text, "pain_4", "10", ()),
            Told(text, "", "", (text,)),
            Told(text, "start", "", ("25 min",), great=True),
        ):
            card = Card(on, (across * size[0], down * size[1]), "plain")
            sheet = pygame.Surface(card.size, pygame.SRCALPHA)
            contents.paint(on, sheet, told, contents.label_size(on, card.size, told))
            used = sheet.get_bounding_rect(min_alpha=40)
            ring = pygame.mask.from_surface(card.ring.track, 100)
            words = pygame.mask.from_surface(sheet, 100)
            assert used.width > 0
            assert ring.overlap_area(words, (0, 0)) == 0, (told, card.size, used)


def test_what_can_be_read_in_its_box_is_at_least_32_px_and_never_wider_nor_higher():
    letters = easel().letters
    for text in LONG:
        for box in ((150, 60), (240, 90), (460, 120), (900, 200)):
            size, lines = fitted(letters, text, box, 60, LEAST, bold=True)
            assert max(letters.width(line, size, bold=True) for line in lines) <= box[0]
            assert height_of(letters, len(lines), size, bold=True) <= box[1]
    assert fitted(letters, LONG[0], (460, 120), 60, LEAST)[0] == 60
    assert fitted(letters, LONG[1], (460, 120), 60, LEAST)[0] >= LEAST
    assert fitted(letters, "", (10, 10), 60, LEAST)[1] == ("",)


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_is_written_large_enough_to_be_read(name):
    """Every label as it is in English: 32 px of a 720 px high screen."""
    on = easel()
    for choice in SCREENS[name].menu(0).choices:
        card = Card(on, (choice.box[2] * SIZE[0], choice.box[3] * SIZE[1]), choice.tone)
        facts = tuple(render(fact) for fact in choice.facts)
        told = Told(render(choice.label), choice.picture, choice.figure, facts, choice.tone == "go")
        assert contents.label_size(on, card.size, told) >= LEAST, choice.id
