"""Fading: in which trials knowledge of performance is shown: path, trunk, how it was held.

Shown always it is leant on, and what was learnt goes when it goes; so it is shown in every trial at first,
and in half of them later (faded feedback: Winstein & Schmidt 1990). Knowledge of results is always shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np

ALWAYS: Final = 6  # trials
FADED_AFTER: Final = 40
LEAST: Final = 0.5
_DRAWS: Final = 0xFA


def shown_in(trial: int, seed: int, *, probe: bool = False) -> bool:
    """The same for the same trial of a session; never in a probe."""
    if probe:
        return False
    faded = min(1.0, max(0.0, (trial - ALWAYS) / (FADED_AFTER - ALWAYS)))
    share = 1.0 - (1.0 - LEAST) * faded
    return float(np.random.default_rng((seed, _DRAWS, trial)).random()) < share
