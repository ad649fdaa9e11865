"""The noise floor: how much landmarks tremble while the person is at rest (MEASURES 0.7).

What is smaller than a few times this is not movement. It is watched before each block; where no
rest was asked for, as in a video, it is taken from the quietest seconds, and said so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from rehabgames.core.landmarks import POSE
from rehabgames.core.pose import Array, Recording
from rehabgames.signals.windows import bounds

REST_S = 2.0
FEWEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class NoiseFloor:
    """sigma_px  (33,) RMS per axis of each landmark about a straight drift; NaN where it was not seen
    seconds   how long was watched
    asked     True for a rest that was asked for, False for the quietest stretch of a recording
    """

    sigma_px: Array
    seconds: float
    asked: bool = True

    def px(self, *landmarks: str) -> float:
        """Of several landmarks, the largest; NaN where one is unknown."""
        return max(
            (float(self.sigma_px[POSE[name]]) for name in landmarks), key=_nan_highest, default=math.nan
        )


def _nan_highest(value: float) -> float:
    return math.inf if math.isnan(value) else value


@np.errstate(all="ignore")
def detrended_rms(t_s: Array, x: Array) -> Array:
    """(k,) RMS of x (n, k) about its straight lines over t_s (n,); NaN for a column with a NaN in it,
    and for fewer than three samples."""
    if len(t_s) < 3:
        return np.full(x.shape[1], np.nan)
    t = t_s - t_s.mean()
    spread = float((t**2).sum())
    centred = x - x.mean(axis=0)
    slope = (t @ centred) / spread if spread > 0 else np.zeros(x.shape[1])
    rms: Array = np.sqrt(((centred - t[:, None] * slope) ** 2).mean(axis=0))
    return rms


@np.errstate(all="ignore")
def noise_floor(rec: Recording, *, asked: bool = True) -> NoiseFloor:
    """Of a recording in which the person rests. Too few frames give NaN."""
    seconds = float(rec.t_s[-1] - rec.t_s[0]) if len(rec) else 0.0
    if len(rec) < FEWEST:
        return NoiseFloor(np.full(len(POSE), np.nan), seconds, asked)
    by_axis = detrended_rms(rec.t_s, rec.points_px.reshape(len(rec), -1)).reshape(-1, 2)
    sigma = np.sqrt((by_axis**2).mean(axis=1))
    return NoiseFloor(np.where(np.isfinite(sigma), sigma, np.nan), seconds, asked)


@np.errstate(all="ignore")
def quietest(rec: Recording, *landmarks: str, width_s: float = REST_S) -> NoiseFloor:
    """Of the stretch of `width_s` in which these landmarks (all of the body's, where none is named)
    move least about their mean. Times must ascend."""
    which = [POSE[name] for name in landmarks] or list(range(len(POSE)))
    n = len(rec)
    if n < FEWEST or rec.t_s[-1] - rec.t_s[0] < width_s:
        return noise_floor(rec, asked=False)
    low, high = bounds(rec.t_s, width_s)
    points = rec.points_px[:, which].reshape(n, -1)
    points = points - np.nanmean(points, axis=0)
    sums = np.concatenate([np.zeros((1, points.shape[1])), np.cumsum(np.nan_to_num(points), axis=0)])
    squares = np.concatenate([np.zeros((1, points.shape[1])), np.cumsum(np.nan_to_num(points) ** 2, axis=0)])
    count = (high - low)[:, None]
    spread = ((squares[high] - squares[low]) / count - ((sums[high] - sums[low]) / count) ** 2).sum(axis=1)
    holes = np.concatenate([[0], np.cumsum(~np.isfinite(points).all(axis=1))])
    whole = (rec.t_s >= rec.t_s[0] + width_s / 2) & (rec.t_s <= rec.t_s[-1] - width_s / 2)
    spread[~whole | (holes[high] > holes[low]) | (high - low < FEWEST)] = np.inf
    at = int(np.argmin(spread))
    if not np.isfinite(spread[at]):
        return NoiseFloor(np.full(len(POSE), np.nan), width_s, asked=False)
    inside = np.zeros(n, dtype=np.bool_)
    inside[low[at] : high[at]] = True
    return noise_floor(rec.only(inside), asked=False)
