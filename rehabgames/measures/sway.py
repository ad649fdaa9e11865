"""Sway: the descriptors of how a standing body wanders about its mean place.

Prieto 1996 (IEEE Trans Biomed Eng 43:956), every variant as in the reference program of Quijoux
2021 (tests/reference/sway_postural_control), which all 72 descriptors are checked against:
 - mean velocity is path length times rate over n samples, not over n - 1 intervals;
 - mean frequency takes the mean speed over n - 1 intervals: / (2π mean distance) in the plane,
   / (4√2 mean distance) along one axis;
 - sway area per second is over (n - 1) / rate seconds;
 - the ellipse is the 95 % PREDICTION ellipse (Schubert & Kirchner 2014): 2π F.95[2, n-2] √det
   (n+1)(n-1) / (n (n-2)), with moments over n about the origin of the centred points.
Made for a force plate's centre of pressure. A webcam sees the centre of mass, and one axis of it, under
noise that decides every path and velocity: see `sway_camera` for what may be said of that.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from rehabgames.core.pose import Array
from rehabgames.measures.sway_diffusion import Diffusion, diffusion
from rehabgames.measures.sway_peaks import (
    RADIUS,
    SwayDensity,
    VelocityPeaks,
    sway_density,
    velocity,
    velocity_peaks,
)
from rehabgames.measures.sway_spectrum import Spectrum, spectrum

ALREADY_CENTRED: Final = 0.01
MOST_CORNERS: Final = 2000
_NAN: Final = math.nan
_GROUPS: Final = {
    "speed": "SPD",
    "spectrum": "Power_Spectrum_Density",
    "diffusion": "Diffusion",
    "sway_density": "Sway_Density",
}


class Sway(NamedTuple):
    """Names are the reference program's in lower case; lengths in the points' unit, _ml is column 0
    (mediolateral), _ap column 1 (anteroposterior), _radius and _ml_and_ap the plane of both.

    mean_value_*                  of the points as they were given; every other is about the centre
    coefficient_sway_direction    correlation of the axes, -1..1
    principal_sway_direction      of the longest spread from the AP axis, degrees 0..90
    phase_plane_parameter_*       √(rms² + variance of the velocity)
    lfs_ml_and_ap                 path length over ellipse area, 1/unit
    """

    mean_value_ml: float = _NAN
    mean_value_ap: float = _NAN
    mean_distance_ml: float = _NAN
    mean_distance_ap: float = _NAN
    mean_distance_radius: float = _NAN
    maximal_distance_ml: float = _NAN
    maximal_distance_ap: float = _NAN
    maximal_distance_radius: float = _NAN
    rms_ml: float = _NAN
    rms_ap: float = _NAN
    rms_radius: float = _NAN
    range_ml: float = _NAN
    range_ap: float = _NAN
    range_ml_and_ap: float = _NAN
    range_ratio_ml_and_ap: float = _NAN
    planar_deviation_ml_and_ap: float = _NAN
    coefficient_sway_direction_ml_and_ap: float = _NAN
    confidence_ellipse_area_ml_and_ap: float = _NAN
    principal_sway_direction_ml_and_ap: float = _NAN
    path_length: float = _NAN
    mean_velocity_ml: float = _NAN
    mean_velocity_ap: float = _NAN
    mean_velocity_ml_and_ap: float = _NAN
    sway_area_per_second_ml_and_ap: float = _NAN
    phase_plane_parameter_ml: float = _NAN
    phase_plane_parameter_ap: float = _NAN
    lfs_ml_and_ap: float = _NAN
    fractal_dimension_ml_and_ap: float = _NAN
    mean_frequency_ml: float = _NAN
    mean_frequency_ap: float = _NAN
    mean_frequency_ml_and_ap: float = _NAN
    speed_ml: VelocityPeaks = VelocityPeaks()
    speed_ap: VelocityPeaks = VelocityPeaks()
    sway_density: SwayDensity = SwayDensity()
    spectrum_ml: Spectrum = Spectrum()
    spectrum_ap: Spectrum = Spectrum()
    diffusion_ml: Diffusion = Diffusion()
    diffusion_ap: Diffusion = Diffusion()

    @property
    def mean_distance(self) -> float:
        return self.mean_distance_radius

    @property
    def rms_distance(self) -> float:
        return self.rms_radius

    @property
    def range(self) -> float:
        return self.range_ml_and_ap

    @property
    def mean_velocity(self) -> float:
        return self.mean_velocity_ml_and_ap

    @property
    def ellipse_area(self) -> float:
        return self.confidence_ellipse_area_ml_and_ap

    @property
    def sway_area_per_second(self) -> float:
        return self.sway_area_per_second_ml_and_ap

    @property
    def mean_frequency(self) -> float:
        return self.mean_frequency_ml_and_ap

    def flat(self) -> dict[str, float]:
        """Every number by the name that the reference program gives it, such as "rms_ML" and
        "critical_time_Diffusion_AP"; and path_length."""
        named: dict[str, float] = {}
        for name, value in self._asdict().items():
            base, _, axis = name.rpartition("_")
            if isinstance(value, VelocityPeaks | SwayDensity | Spectrum | Diffusion):
                group = _GROUPS.get(base) or _GROUPS[name]
                suffix = f"_{group}_{axis.upper()}" if base in _GROUPS else f"_{group}"
                named.update({f"{part}{suffix}": each for part, each in value._asdict().items()})
            else:
                named[_reference_name(name)] = value
        return named


def _reference_name(name: str) -> str:
    if name.endswith("_ml_and_ap"):
        name = name.removesuffix("_ml_and_ap") + "_ML_AND_AP"
    elif name.endswith(("_ml", "_ap")):
        name = name[:-2] + name[-2:].upper()
    elif name.endswith("_radius"):
        name = name.removesuffix("_radius") + "_Radius"
    return name.replace("lfs_", "LFS_")


@np.errstate(all="ignore")
def sway(
    points: npt.ArrayLike, fs_hz: float, *, centre: bool | None = None, density_radius: float = RADIUS
) -> Sway:
    """Sway descriptors of a path of n points, evenly sampled.

    points          (n, 2): column 0 mediolateral (ML), column 1 anteroposterior (AP), any one unit
    fs_hz           samples per second
    centre          whether to take the mean off first. None: unless it is under 1 % of the RMS already,
                    as of points that were centred before they were filtered; that changes no
                    distance by more than 0.005 %.
    density_radius  of the circle of sway density, in the points' unit: 0.3 is the usual 3 mm of cm

    NaN in every field for fewer than three points and for points that are not all finite; NaN in the
    one field that cannot be computed (a ratio over nothing, a spectrum under 10 s).
    Raises ValueError for a rate that is not positive, and for points that are not (n, 2).
    """
    if not (math.isfinite(fs_hz) and fs_hz > 0):
        raise ValueError(f"the sampling rate must be a positive number of hertz, not {fs_hz}")
    raw = np.asarray(points, dtype=np.float64)
    if raw.size == 0:
        return Sway()
    if raw.ndim != 2 or raw.shape[1] != 2:
        raise ValueError(f"sway needs points of the shape (n, 2), ML and AP, not {raw.shape}")
    if len(raw) < 3 or not np.isfinite(raw).all():
        return Sway()
    mean = raw.mean(axis=0)
    xy = raw - mean if _to_be_centred(raw, centre) else raw
    flat = {
        "mean_value_ml": mean[0],
        "mean_value_ap": mean[1],
        **_places(xy),
        **_path(xy, fs_hz),
    }
    flat.update(_shape(flat, len(xy)))
    v = velocity(xy, fs_hz)
    for i, axis in enumerate(("ml", "ap")):
        flat[f"phase_plane_parameter_{axis}"] = math.hypot(flat[f"rms_{axis}"], np.std(v[:, i]))
    return Sway(
        **{name: float(x) if np.isfinite(x) else _NAN for name, x in flat.items()},
        speed_ml=velocity_peaks(v[:, 0]),
        speed_ap=velocity_peaks(v[:, 1]),
        sway_density=sway_density(xy, fs_hz, density_radius),
        spectrum_ml=spectrum(xy[:, 0], fs_hz),
        spectrum_ap=spectrum(xy[:, 1], fs_hz),
        diffusion_ml=diffusion(xy[:, 0], fs_hz),
        diffusion_ap=diffusion(xy[:, 1], fs_hz),
    )


def _to_be_centred(raw: Array, centre: bool | None) -> bool:
    if centre is not None:
        return centre
    return bool((np.abs(raw.mean(axis=0)) > ALREADY_CENTRED * np.sqrt((raw**2).mean(axis=0))).any())


def _places(xy: Array) -> dict[str, float]:
    """Where the points lie, whatever their order."""
    found: dict[str, float] = {}
    n, (ml, ap) = len(xy), xy.T
    for name, away in (("ml", ml), ("ap", ap), ("radius", np.hypot(ml, ap))):
        found[f"mean_distance_{name}"] = np.abs(away).mean()
        found[f"maximal_distance_{name}"] = np.abs(away).max()
        found[f"rms_{name}"] = np.sqrt((away**2).mean())
    found["range_ml"], found["range_ap"] = np.ptp(xy, axis=0)
    found["range_ml_and_ap"] = _diameter(xy)
    found["range_ratio_ml_and_ap"] = found["range_ml"] / found["range_ap"]
    product = (ml * ap).mean()
    squares = found["rms_ml"] * found["rms_ap"]
    found["planar_deviation_ml_and_ap"] = found["rms_radius"]
    found["coefficient_sway_direction_ml_and_ap"] = product / squares
    factor = (n + 1) * (n - 1) / (n * (n - 2))
    found["confidence_ellipse_area_ml_and_ap"] = (
        2 * np.pi * scipy.stats.f.ppf(0.95, 2, n - 2) * np.sqrt(max(0.0, squares**2 - product**2)) * factor
    )
    spread = np.cov(xy.T)
    if np.isfinite(spread).all() and spread.any():
        longest = np.linalg.eigh(spread)[1][:, 1]
        found["principal_sway_direction_ml_and_ap"] = np.degrees(np.arccos(min(1.0, abs(longest[1]))))
    return found


def _path(xy: Array, fs_hz: float) -> dict[str, float]:
    """What the order of the points makes."""
    n, step = len(xy), np.diff(xy, axis=0)
    lengths = {
        "ml": np.abs(step[:, 0]).sum(),
        "ap": np.abs(step[:, 1]).sum(),
        "ml_and_ap": np.hypot(step[:, 0], step[:, 1]).sum(),
    }
    found = {f"mean_velocity_{axis}": length * fs_hz / n for axis, length in lengths.items()}
    found["path_length"] = lengths["ml_and_ap"]
    triangles = np.abs(xy[1:, 0] * xy[:-1, 1] - xy[1:, 1] * xy[:-1, 0])
    found["sway_area_per_second_ml_and_ap"] = triangles.sum() * fs_hz / (2 * (n - 1))
    ways = {"ml": np.abs(xy[:, 0]), "ap": np.abs(xy[:, 1]), "ml_and_ap": np.hypot(xy[:, 0], xy[:, 1])}
    for axis, away in ways.items():
        around = 2 * math.pi if axis == "ml_and_ap" else 4 * math.sqrt(2.0)
        found[f"mean_frequency_{axis}"] = lengths[axis] * fs_hz / (n - 1) / (around * away.mean())
    return found


def _shape(flat: dict[str, float], n: int) -> dict[str, float]:
    """What path length and ellipse say together."""
    length, area = flat["path_length"], flat["confidence_ellipse_area_ml_and_ap"]
    across = np.sqrt(area * 4 / np.pi)
    return {
        "lfs_ml_and_ap": length / area,
        "fractal_dimension_ml_and_ap": np.log(n) / (np.log(n) + np.log(across) - np.log(length)),
    }


def _diameter(xy: Array) -> float:
    """Largest distance of any two points; both are corners of the convex hull."""
    try:
        corners = xy[scipy.spatial.ConvexHull(xy).vertices]
    except (scipy.spatial.QhullError, ValueError):  # all on one line: the ends of its longer side
        along = int(np.argmax(np.ptp(xy, axis=0)))
        corners = xy[[np.argmin(xy[:, along]), np.argmax(xy[:, along])]]
    corners = corners[:: 1 + len(corners) // MOST_CORNERS]
    ml, ap = corners.T
    return float(np.hypot(ml[:, None] - ml, ap[:, None] - ap).max())
