"""A video file as a source of camera pictures. Only regular files: no addresses, no image sequences."""

from __future__ import annotations

import math
import os
import re
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from rehabgames.core.errors import VideoError
from rehabgames.core.view import View
from rehabgames.tracking.sources import CameraPicture, Picture, VideoSpec, quiet_cv2

USUAL_FPS: Final = 30.0
LONGEST_GAP_S: Final = 60.0  # a longer jump of the video's time is a broken stamp
LONGEST_PAUSE_S: Final = 1.0  # the longest wait between two paced pictures
MISSING_SHARE: Final = 0.1  # a file that lacks more than this of its pictures is truncated
_ADDRESS: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+:/")
# FFmpeg would go on with the next file of a numbered sequence; a raw stream of JPEGs is a video
_PICTURES: Final = frozenset(
    {
        ".png",
        ".jpg",
        ".jpeg",
        ".bmp",
        ".dib",
        ".tif",
        ".tiff",
        ".webp",
        ".avif",
        ".jp2",
        ".exr",
        ".hdr",
        ".pbm",
        ".pgm",
        ".ppm",
        ".pnm",
        ".ras",
    }
)
_OTHER_FILE: Final = "Give a video file such as MP4, MOV, AVI, MKV or WebM."


class VideoFile:
    """See Source. Opening decodes the first picture, so an open file holds at least one.

    Time of a picture is its place in the video and strictly increases; where the file gives none,
    it is the last one plus 1 / fps. A nonsense frame rate counts as 30. Turned videos (phones) are
    put upright. Raises VideoError where the file is missing, not readable or no video, and in
    `read` where it ends long before its own number of pictures.
    """

    def __init__(self, spec: VideoSpec) -> None:
        self._path = _regular_file(spec.path)
        self._paced = spec.paced
        self._cv2: Any = quiet_cv2()
        self._capture: Any = self._opened()
        fps = float(self._capture.get(self._cv2.CAP_PROP_FPS))
        self._fps = fps if math.isfinite(fps) and 0.1 <= fps <= 1000 else USUAL_FPS
        count = float(self._capture.get(self._cv2.CAP_PROP_FRAME_COUNT))
        self._total = int(count) if math.isfinite(count) and 1 <= count < 1e9 else None
        self._next_index = 0
        self._video_t_s = -math.inf
        self._ended = False
        self._zero_s: float | None = None  # clock time at which the video's time is 0
        ahead = self._picture() if self._grab() else None
        if ahead is None:
            self.close()
            raise VideoError(f"{self._path} holds no picture that can be read.", _OTHER_FILE)
        self._ahead: Picture | None = ahead
        self._size = ahead.shape[1], ahead.shape[0]

    @property
    def name(self) -> str:
        return f"video {self._path.name}"

    @property
    def size(self) -> tuple[int, int]:
        return self._size

    @property
    def fps(self) -> float:
        return self._fps

    @property
    def total(self) -> int | None:
        return self._total

    @property
    def live(self) -> bool:
        return self._paced

    def read(self) -> CameraPicture | None:
        """See Source; paced pictures whose time has passed are left out, their indices too."""
        if not self._step():
            return None
        if not self._paced:
            return self._here(self._video_t_s)
        late_s = self._late_s()
        while late_s > 1 / self._fps:
            if not self._step():
                return None
            late_s = self._late_s()
        if late_s < 0:
            time.sleep(-late_s)
        return self._here(time.monotonic())

    def skip(self) -> bool:
        return self._step()

    def see(self, view: View) -> None:
        """Nobody in a video looks at the screen."""

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _opened(self) -> Any:
        try:
            capture = self._cv2.VideoCapture(str(self._path), self._cv2.CAP_FFMPEG)
        except self._cv2.error:
            capture = None
        if capture is None or not capture.isOpened():
            raise VideoError(f"{self._path} is not a video that can be read, or it is damaged.", _OTHER_FILE)
        return capture

    def _grab(self) -> bool:
        """Go to the next picture of the file and take its time."""
        if self._capture is None or not self._capture.grab():
            return False
        at_s = float(self._capture.get(self._cv2.CAP_PROP_POS_MSEC)) / 1000
        last_s = self._video_t_s
        if not math.isfinite(last_s):
            self._video_t_s = at_s if math.isfinite(at_s) and 0 <= at_s < LONGEST_GAP_S else 0.0
        elif last_s < at_s < last_s + LONGEST_GAP_S:
            self._video_t_s = at_s
        else:
            self._video_t_s = last_s + 1 / self._fps
        return True

    def _picture(self) -> Picture | None:
        good, bgr = self._capture.retrieve()
        if not good or bgr is None or bgr.size == 0:
            return None
        return np.asarray(bgr, dtype=np.uint8)

    def _step(self) -> bool:
        """Move to the next picture; the first was already taken when the file was opened."""
        if self._ended or self._capture is None:
            return False
        if self._next_index > 0:
            self._ahead = None
            if not self._grab():
                self._ended = True
                self._check_whole()
                return False
        self._next_index += 1
        return True

    def _here(self, t_s: float) -> CameraPicture:
        bgr = self._ahead if self._ahead is not None else self._picture()
        self._ahead = None
        if bgr is None:
            raise self._broken()
        return CameraPicture(bgr, t_s, self._next_index - 1)

    def _late_s(self) -> float:
        """How long the time of the current picture has passed; negative: it is still to come."""
        now_s = time.monotonic()
        if self._zero_s is None:
            self._zero_s = now_s - self._video_t_s
        late_s = now_s - (self._zero_s + self._video_t_s)
        if late_s < -LONGEST_PAUSE_S:
            self._zero_s -= -LONGEST_PAUSE_S - late_s
            return -LONGEST_PAUSE_S
        return late_s

    def _check_whole(self) -> None:
        if self._total is None:
            return
        missing = self._total - self._next_index
        if missing > max(5.0, MISSING_SHARE * self._total):
            raise self._broken()

    def _broken(self) -> VideoError:
        whole = f" of {self._total}" if self._total else ""
        return VideoError(
            f"{self._path} breaks off after picture {self._next_index}{whole}: it is damaged or cut short.",
            "Copy or record it again.",
        )


def _regular_file(path: Path) -> Path:
    """The absolute path. Raises VideoError for everything that is not a regular file to be read."""
    if _ADDRESS.match(str(path)) and not path.exists():
        raise VideoError(f"{path} is an address.", "Only video files on this machine are opened.")
    try:
        path = path.absolute()
        if path.is_dir():
            raise VideoError(f"{path} is a folder.", "Give a video file in it.")
        if not path.exists():
            raise VideoError(f"There is no file {path}.", "Check the name of the video.")
        if not path.is_file():
            raise VideoError(f"{path} is not a regular file.", _OTHER_FILE)
        if path.stat().st_size == 0:
            raise VideoError(f"{path} is empty.", _OTHER_FILE)
    except (OSError, ValueError) as error:
        raise VideoError(f"{path} cannot be read.", "Check the name and the rights of the file.") from error
    if not os.access(path, os.R_OK):
        raise VideoError(f"{path} may not be read by you.", "Change the rights of the file.")
    if (path.suffix.lower() in _PICTURES or "%" in path.name) and quiet_cv2().haveImageReader(str(path)):
        raise VideoError(f"{path} is a single picture.", _OTHER_FILE)
    return path
