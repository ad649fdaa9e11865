"""Where models come from, what a user may give, what the cache holds, and that MediaPipe loads them."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from rehabgames.core.errors import ModelError, UseError
from rehabgames.tracking.models import cache_folder, list_models, model_path
from rehabgames.tracking.packing import BUNDLES, KINDS, Kind, sha256_of

REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("REHABGAMES_SHARED") or REPOSITORY.parent / "shared")


@pytest.fixture
def cache(tmp_path: Path, only_the_wheel: None) -> Path:
    """A cache filled from the real wheel."""
    folder = tmp_path / "models"
    model_path("pose", cache=folder)
    return folder


def _small_bundle(path: Path, kind: Kind, *, compression: int = zipfile.ZIP_STORED) -> Path:
    """A bundle as others pack them: right names, TFLite marks, no network worth running."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for part in BUNDLES[kind].parts:
            archive.writestr(part.name, b"\x1c\0\0\0TFL3" + bytes(64))
    return path


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_fetch_gives_both_models_and_leaves_nothing_else(cache: Path) -> None:
    assert sorted(path.name for path in cache.iterdir()) == ["hand.task", "lock", "pose.task"]
    for kind in KINDS:
        assert sha256_of(cache / f"{kind}.task") == BUNDLES[kind].sha256


def test_progress_is_told_in_bytes_and_bundles(tmp_path: Path, only_the_wheel: None) -> None:
    told: list[tuple[str, int, int]] = []
    model_path("hand", cache=tmp_path, progress=lambda *stage: told.append(stage))
    fetched = [done for stage, done, _ in told if stage == "fetch"]
    assert fetched == sorted(fetched)
    assert (fetched[0], fetched[-1]) == (0, 35_622_638)
    assert told[-3:] == [("pack", 0, 2), ("pack", 1, 2), ("pack", 2, 2)]


def test_a_filled_cache_needs_no_network(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_FIND_LINKS")
    told: list[str] = []
    for kind in KINDS:
        path = model_path(kind, cache=cache, progress=lambda stage, _done, _total: told.append(stage))
        assert path == cache / f"{kind}.task"
    assert told == []


def test_a_damaged_model_is_fetched_anew_and_only_it(cache: Path) -> None:
    sound_since = (cache / "pose.task").stat().st_mtime_ns
    _damage(cache / "hand.task")
    model_path("hand", cache=cache)
    assert sha256_of(cache / "hand.task") == BUNDLES["hand"].sha256
    assert (cache / "pose.task").stat().st_mtime_ns == sound_since


def test_a_damaged_model_is_never_given_out(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIP_FIND_LINKS")
    _damage(cache / "hand.task")
    with pytest.raises(ModelError):
        model_path("hand", cache=cache)
    assert model_path("pose", cache=cache) == cache / "pose.task"


@pytest.mark.parametrize("kind", KINDS)
def test_a_given_bundle_with_other_bytes_is_taken(kind: Kind, tmp_path: Path, no_index: None) -> None:
    path = _small_bundle(tmp_path / "official.task", kind)
    assert model_path(kind, given=path, cache=tmp_path / "unused") == path
    assert not (tmp_path / "unused").exists()


def test_a_given_folder_and_the_environment(
    tmp_path: Path, no_index: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _small_bundle(tmp_path / "hand.task", "hand")
    assert model_path("hand", given=tmp_path) == path
    monkeypatch.setenv("REHABGAMES_MODELS", str(tmp_path))
    assert model_path("hand", cache=tmp_path / "unused") == path
    with pytest.raises(UseError, match=r"no pose model at .*pose\.task"):
        model_path("pose", cache=tmp_path / "unused")


def test_a_given_path_that_is_no_bundle(tmp_path: Path) -> None:
    text = tmp_path / "text.task"
    text.write_text("hello")
    hand = _small_bundle(tmp_path / "hand.task", "hand")
    packed = _small_bundle(tmp_path / "packed.task", "pose", compression=zipfile.ZIP_DEFLATED)
    foreign = tmp_path / "foreign.task"
    with zipfile.ZipFile(foreign, "w") as archive:
        for part in BUNDLES["pose"].parts:
            archive.writestr(part.name, b"something else")
    expected = {
        tmp_path / "missing.task": "There is no pose model at",
        text: "cannot be read as a pose model",
        text / "below": "There is no pose model at",
        tmp_path / ("x" * 300): "cannot be read as a pose model",
        hand: "does not hold pose_detector.tflite and pose_landmarks_detector.tflite",
        packed: "are compressed or no TFLite models",
        foreign: "are compressed or no TFLite models",
    }
    for path, words in expected.items():
        with pytest.raises(UseError) as caught:
            model_path("pose", given=path)
        assert words in caught.value.what
        assert "Give a MediaPipe pose landmarker bundle" in caught.value.next_step


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 600), at=st.integers(0, 599), bit=st.integers(0, 7))
def test_no_damage_to_a_given_bundle_escapes_as_a_traceback(
    tmp_path: Path, cut: int, at: int, bit: int
) -> None:
    content = bytearray(_small_bundle(tmp_path / "sound.task", "pose").read_bytes())
    content[at % len(content)] ^= 1 << bit
    damaged = tmp_path / "damaged.task"
    damaged.write_bytes(content[: len(content) - cut % 50])
    try:
        told = str(model_path("pose", given=damaged))
    except UseError as error:
        told = error.what
    assert str(damaged) in told


def test_list_models_tells_the_state(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = list_models(tmp_path / "nothing")
    assert [(s.kind, s.present, s.size, s.origin, s.usable) for s in empty] == [
        ("pose", False, 0, "missing", False),
        ("hand", False, 0, "missing", False),
    ]
    assert not (tmp_path / "nothing").exists()
    _damage(cache / "hand.task")
    pose, hand = list_models(cache)
    assert (pose.sha256_ok, pose.usable, pose.origin, pose.size) == (True, True, "cache", 9_401_696)
    assert (hand.present, hand.sha256_ok, hand.usable) == (True, False, False)

    _small_bundle(tmp_path / "pose.task", "pose")
    monkeypatch.setenv("REHABGAMES_MODELS", str(tmp_path))
    pose, hand = list_models(cache)
    assert (pose.path, pose.origin, pose.sha256_ok, pose.usable) == (
        tmp_path / "pose.task",
        "given",
        False,
        True,
    )
    assert (hand.path, hand.present, hand.usable) == (tmp_path / "hand.task", False, False)


def test_a_new_home_keeps_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REHABGAMES_HOME", raising=False)
    monkeypatch.delenv("REHABGAMES_CACHE", raising=False)
    usual = cache_folder()
    monkeypatch.setenv("REHABGAMES_HOME", str(tmp_path / "home"))
    assert cache_folder() == usual
    monkeypatch.setenv("REHABGAMES_CACHE", str(tmp_path / "cache"))
    assert cache_folder() == tmp_path / "cache" / "models"


def test_asking_for_a_path_loads_no_heavy_library() -> None:
    code = (
        "import sys, rehabgames.tracking.models; "
        "print(sorted({'mediapipe', 'cv2', 'numpy', 'flatbuffers', 'pip'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_mediapipe_finds_a_body_and_hands_with_the_packed_models() -> None:
    """The user's own cache, a real clip of a man at a webcam, and the networks themselves."""
    clip = SHARED / "video" / "asl_A_skull.mp4"
    if not clip.is_file():
        pytest.skip(f"no clip at {clip}; set REHABGAMES_SHARED to the shared folder")
    import cv2  # noqa: PLC0415
    import mediapipe as mp  # noqa: PLC0415
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415

    def base(kind: Kind) -> BaseOptions:
        return BaseOptions(model_asset_path=str(model_path(kind)))

    video = cv2.VideoCapture(str(clip))
    video.set(cv2.CAP_PROP_POS_FRAMES, 60)
    read, picture = video.read()
    video.release()
    assert read
    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    pose_options = vision.PoseLandmarkerOptions(base_options=base("pose"))
    hand_options = vision.HandLandmarkerOptions(base_options=base("hand"), num_hands=2)
    with vision.PoseLandmarker.create_from_options(pose_options) as pose:
        (body,) = pose.detect(image).pose_landmarks
    with vision.HandLandmarker.create_from_options(hand_options) as hand:
        hands = hand.detect(image).hand_landmarks
    assert len(body) == 33
    # upright at a webcam: nose over both shoulders, his left shoulder on the picture's right
    assert body[0].y < min(body[11].y, body[12].y)
    assert body[12].x < body[0].x < body[11].x
    assert min(body[i].visibility for i in (0, 11, 12)) > 0.9
    assert hands
    assert {len(points) for points in hands} == {21}
