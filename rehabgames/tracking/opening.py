"""Opening a source from its spec."""

from __future__ import annotations

from rehabgames.tracking.sources import (
    FaultySpec,
    ReplaySpec,
    Source,
    SourceSpec,
    VideoSpec,
    VirtualSpec,
    WebcamSpec,
    quiet_cv2,
)


def open_source(spec: SourceSpec) -> Source:
    """Raises CameraError, VideoError, UnknownNameError or UseError where it cannot be opened."""
    quiet_cv2()  # before anything below brings cv2
    match spec:
        case WebcamSpec():
            from rehabgames.tracking.webcam import open_webcam  # noqa: PLC0415

            return open_webcam(spec)
        case VideoSpec():
            from rehabgames.tracking.video import VideoFile  # noqa: PLC0415

            return VideoFile(spec)
        case VirtualSpec():
            from rehabgames.tracking.virtual import VirtualCamera  # noqa: PLC0415

            return VirtualCamera(spec)
        case ReplaySpec():
            from rehabgames.tracking.replay import ReplayCamera  # noqa: PLC0415

            return ReplayCamera(spec)
        case FaultySpec():
            from rehabgames.tracking.faulty import FaultyCamera  # noqa: PLC0415

            return FaultyCamera(spec, open_source)
