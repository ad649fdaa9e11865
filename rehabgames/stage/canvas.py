"""Canvas: what is painted on. It follows the window's size, once the window keeps it."""

from __future__ import annotations

from typing import Final

import pygame

from rehabgames.core.errors import MachineError

Size = tuple[int, int]
LEAST: Final[Size] = (640, 360)
MOST: Final[Size] = (1920, 1080)  # what a frame has time for; a larger window shows it enlarged
TALLEST: Final = 2 / 3  # of the width: in a taller picture things would not stand on what they stand on
SETTLED_S: Final = 0.3  # whoever draws at a window's edge has not let go before


class Canvas:
    """surface, size: what is to be painted on. Raises MachineError where no window can be opened."""

    def __init__(self, size: Size, *, headless: bool) -> None:
        window, self.size = _open(size, headless=headless), fitted(size)
        self.surface = window if self.size == size else pygame.Surface(self.size).convert()
        self._wanted, self._since_s = self.size, 0.0

    def follow(self, now_s: float) -> bool:
        """True where the size is another from now on: everything is to be drawn anew. Until then the picture
        goes on as it was, and is stretched."""
        window = pygame.display.get_surface()
        if 0 in window.get_size() or window.get_size() == self.size:
            return False
        if self.surface is window:  # what was painted on has changed its size
            self.surface = pygame.Surface(self.size).convert()
        wanted = fitted(window.get_size())
        if wanted != self._wanted:
            self._wanted, self._since_s = wanted, now_s
        if wanted == self.size or now_s - self._since_s < SETTLED_S:
            return False
        self.size = wanted
        self.surface = window if wanted == window.get_size() else pygame.Surface(wanted).convert()
        return True

    def show(self) -> None:
        """Shows what was painted; in a window of another shape with dark bars beside it."""
        window = pygame.display.get_surface()
        if self.surface is not window and 0 not in window.get_size():
            shown = self._shown(window.get_size())
            window.fill("#000000")
            window.blit(pygame.transform.scale(self.surface, shown.size), shown.topleft)
        pygame.display.flip()

    def _shown(self, window: Size) -> pygame.Rect:
        """Where in the window the picture is."""
        (width, height), (across, down) = window, self.size
        scale = min(width / across, height / down)
        shown = max(1, round(across * scale)), max(1, round(down * scale))
        return pygame.Rect((width - shown[0]) // 2, (height - shown[1]) // 2, *shown)

    @staticmethod
    def sign(icon: pygame.Surface | None) -> None:
        """By this the window is known among others; by that of the system where there is none."""
        if icon is not None:
            pygame.display.set_icon(icon)

    def show_mouse(self, shown: bool) -> None:
        pygame.mouse.set_visible(shown)

    def pressed(self, event: pygame.event.Event) -> tuple[float, float] | None:
        """Where a mouse button or a finger went down, in shares of the picture; None where it did not, or
        beside the picture."""
        window = pygame.display.get_surface().get_size()
        # whoever touches a screen presses a mouse button, too, as far as the system is concerned
        if event.type == pygame.MOUSEBUTTONDOWN and event.button <= 3 and not getattr(event, "touch", False):
            x, y = event.pos
        elif event.type == pygame.FINGERDOWN:
            x, y = event.x * window[0], event.y * window[1]
        else:
            return None
        shown = self._shown(window)
        at = (x - shown.left) / shown.width, (y - shown.top) / shown.height
        return at if all(0.0 <= share < 1.0 for share in at) else None


def fitted(size: Size) -> Size:
    """The size that is painted for a window of this one."""
    width, height = size[0], min(size[1], max(1, round(TALLEST * size[0])))
    scale = min(1.0, MOST[0] / width, MOST[1] / height)
    return max(LEAST[0], round(width * scale)), max(LEAST[1], round(height * scale))


def _open(size: Size, *, headless: bool) -> pygame.Surface:
    try:
        pygame.display.init()
        pygame.display.set_caption("rehabgames")
        if headless:
            return pygame.display.set_mode(size)
        pygame.mouse.set_visible(False)
        return pygame.display.set_mode(size, pygame.RESIZABLE)
    except pygame.error as error:
        raise MachineError(
            f"No window can be opened here ({error}).",
            "Run it with --headless, or on a machine with a screen.",
        ) from error
