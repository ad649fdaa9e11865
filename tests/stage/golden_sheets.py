"""Pictures that are kept: something looks as it did.

REHABGAMES_GOLDEN=write paints them anew; look at them before they are committed.
"""

import os
from pathlib import Path

import numpy as np
import pygame
import pytest

GOLDEN = Path(__file__).parent / "golden"
MEAN, FAR, SHARE = 2.0, 24, 0.02  # of 255 on average; so far off are at most that share of the pixels


def as_it_did(sheet, name, tmp_path):
    path = GOLDEN / f"{name}.png"
    if os.environ.get("REHABGAMES_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        pygame.image.save(sheet, path)
    kept = pygame.image.load(path)
    assert kept.get_size() == sheet.get_size()
    now, then = (pygame.surfarray.array3d(each).astype(int) for each in (sheet, kept))
    off = np.abs(now - then).max(axis=2)
    if off.mean() > MEAN or (off > FAR).mean() > SHARE:
        beside = pygame.Surface((2 * sheet.get_width(), sheet.get_height()))
        beside.blit(kept, (0, 0))
        beside.blit(sheet, (sheet.get_width(), 0))
        pygame.image.save(beside, tmp_path / "then_and_now.png")
        pytest.fail(
            f"{name} looks otherwise: {off.mean():.1f} of 255 on average, {(off > FAR).mean():.1%} far "
            f"off; see {tmp_path / 'then_and_now.png'}"
        )
