"""What goes wrong in the child arrives as the same error in the parent."""

import cv2
import numpy as np
import pytest

from rehabgames.core.errors import CameraError, ModelError, TrackerError, UnknownNameError, VideoError
from rehabgames.tracking.models import model_path
from rehabgames.tracking.sources import VideoSpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.tracker import ModelPaths, Tracker

PATIENT = VirtualSpec("healthy", "right", seed=3)


@pytest.fixture(scope="module")
def models():
    return ModelPaths(model_path("pose"))


def bad_video(kind, folder):
    path = folder / "clip.mp4"
    if kind == "zero bytes":
        path.touch()
    elif kind == "text":
        path.write_text("a letter\n" * 1000)
    elif kind == "corrupt":
        path.write_bytes(np.random.default_rng(0).bytes(200_000))
    return path


@pytest.mark.parametrize("kind", ["missing", "zero bytes", "text", "corrupt"])
def test_a_bad_video_is_an_error_of_start(kind, tmp_path, models, capfd):
    tracker = Tracker(VideoSpec(bad_video(kind, tmp_path)), models=models, every_frame=True)
    with pytest.raises(VideoError, match=r"clip\.mp4") as told:
        tracker.start()
    assert told.value.next_step
    assert told.value.exit_code == 2
    assert tracker.pid is None
    assert tracker.ended
    assert capfd.readouterr() == ("", "")


def note_all(frames, indices):
    for frame in frames:
        indices.append(frame.index)


def test_a_truncated_video_gives_what_it_holds_then_the_error(tmp_path, models):
    path = tmp_path / "cut.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30.0, (160, 120))
    for i in range(40):
        writer.write(np.full((120, 160, 3), 5 * i, np.uint8))
    writer.release()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    indices = []
    with Tracker(VideoSpec(path), models=models, every_frame=True) as tracker:
        with pytest.raises(VideoError, match="breaks off"):
            note_all(tracker.frames(), indices)
        assert tracker.ended
        assert tracker.troubles()[-1].fatal
        assert tracker.frames_tracked == 0
    assert 10 < len(indices) < 30
    assert indices == list(range(len(indices)))


def test_other_errors_of_start(models, tmp_path):
    with pytest.raises(CameraError, match="no camera 97"):
        Tracker(WebcamSpec(97), models=models).start()
    with pytest.raises(UnknownNameError, match="'moderate'"):
        Tracker(VirtualSpec("moderat"), models=models).start()
    broken = tmp_path / "pose.task"
    broken.write_bytes(b"nothing")
    with pytest.raises(ModelError, match=r"pose\.task"):
        Tracker(PATIENT, models=ModelPaths(broken)).start()
    tracker = Tracker(PATIENT, models=models)
    with pytest.raises(TrackerError, match="not started"):
        _ = tracker.opened
