"""Why a signal could not be measured in one picture."""

from __future__ import annotations

import numpy as np

from rehabgames.core.errors import RehabgamesError
from rehabgames.core.measured import Validity
from rehabgames.core.pose import PoseFrame
from rehabgames.signals import examine, resolve


def why_unseen(frame: PoseFrame, name: str, *, present: bool) -> Validity:
    """The reason; what the picture alone does not show was judged by the lengths of the body."""
    try:
        trace = examine([frame], (name,), present=np.array([present]))[name]
    except RehabgamesError:
        return Validity.BAD_NUMBER  # another number of landmarks than a body has
    why = Validity(int(trace.why[0]))
    if why is not Validity.GOOD:
        return why
    return Validity.FORESHORTENED if resolve(name)[0].segments else Validity.NO_SCALE
