"""Video files, good and bad; cameras that are not there."""

import math
import os
import pickle
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from rehabgames.core.errors import CameraError, UnknownNameError, VideoError
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import VideoSpec, VirtualSpec, WebcamSpec
from rehabgames.tracking.webcam import FROZEN_S, Stale, Webcam

FRAMES = 40
FPS = 20.0


def numbered(index, size=(160, 120)):
    """A picture that says its number in eight black or white bars."""
    picture = np.zeros((size[1], size[0], 3), np.uint8)
    step = size[0] // 8
    for bit in range(8):
        picture[:, bit * step : (bit + 1) * step] = 255 if index >> bit & 1 else 0
    return picture


def number_of(picture):
    step = picture.shape[1] // 8
    return sum(int(picture[:, b * step + 4 : (b + 1) * step - 4].mean() > 127) << b for b in range(8))


def write_video(path, frames=FRAMES, fps=FPS, code="mp4v"):
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*code), fps, (160, 120))
    assert writer.isOpened()
    for i in range(frames):
        writer.write(numbered(i))
    writer.release()
    return path


@pytest.fixture(scope="module")
def video(tmp_path_factory):
    return write_video(tmp_path_factory.mktemp("video") / "numbers.mp4")


def all_of(source):
    pictures = []
    while (picture := source.read()) is not None:
        pictures.append(picture)
    return pictures


def test_every_picture_comes_in_order_with_the_videos_time(video):
    source = open_source(VideoSpec(video))
    assert (source.name, source.size, source.fps) == ("video numbers.mp4", (160, 120), FPS)
    assert (source.total, source.live) == (FRAMES, False)
    pictures = all_of(source)
    assert [number_of(p.bgr) for p in pictures] == list(range(FRAMES))
    assert [p.index for p in pictures] == list(range(FRAMES))
    assert [p.t_s for p in pictures] == pytest.approx([i / FPS for i in range(FRAMES)], abs=1e-3)
    assert source.read() is None
    source.close()
    source.close()
    assert source.read() is None


def test_skipped_pictures_keep_their_numbers(video):
    source = open_source(VideoSpec(video))
    assert all(source.skip() for _ in range(7))
    picture = source.read()
    assert (picture.index, number_of(picture.bgr)) == (7, 7)
    assert all(source.skip() for _ in range(FRAMES - 8))
    assert not source.skip()
    assert source.read() is None
    source.close()


def test_a_paced_video_comes_in_real_time(video):
    source = open_source(VideoSpec(video, paced=True))
    assert source.live
    began_s = time.monotonic()
    pictures = all_of(source)
    took_s = time.monotonic() - began_s
    source.close()
    assert took_s == pytest.approx((FRAMES - 1) / FPS, abs=0.25)
    assert [number_of(p.bgr) for p in pictures] == [p.index for p in pictures]
    for picture in pictures:
        assert picture.t_s - pictures[0].t_s >= picture.index / FPS - 0.01
    assert began_s <= pictures[0].t_s
    assert all(a.t_s < b.t_s for a, b in pairwise(pictures))


def test_a_late_reader_of_a_paced_video_misses_pictures(video):
    source = open_source(VideoSpec(video, paced=True))
    first = source.read()
    while time.monotonic() < first.t_s + 0.5:
        pass
    late = source.read()
    source.close()
    assert 8 <= late.index <= 12
    assert number_of(late.bgr) == late.index


def test_a_stream_without_times_counts_by_its_rate(tmp_path):
    """Raw MJPEG holds neither times nor a number of pictures."""
    path = tmp_path / "raw.mjpeg"
    path.write_bytes(b"".join(cv2.imencode(".jpg", numbered(i))[1].tobytes() for i in range(12)))
    source = open_source(VideoSpec(path))
    pictures = all_of(source)
    source.close()
    assert [number_of(p.bgr) for p in pictures] == list(range(12))
    steps = np.diff([p.t_s for p in pictures])
    assert (steps > 0).all()
    assert steps == pytest.approx(np.full(11, 1 / source.fps), abs=2e-3)


def test_a_nonsense_rate_counts_as_thirty(tmp_path):
    """The rate is two numbers in the header of an AVI file, in microseconds and as a fraction."""
    path = write_video(tmp_path / "v.avi", frames=10, code="MJPG")
    content = bytearray(path.read_bytes())
    at = content.index(b"strh") + 8
    content[at + 20 : at + 24] = (1).to_bytes(4, "little")
    content[at + 24 : at + 28] = (90_000_000).to_bytes(4, "little")
    content[32:36] = (0).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    source = open_source(VideoSpec(path))
    pictures = all_of(source)
    source.close()
    assert math.isfinite(source.fps)
    assert 0.1 <= source.fps <= 1000
    assert len(pictures) == 10
    assert all(a.t_s < b.t_s for a, b in pairwise(pictures))


def bad_file(kind, folder, good):
    folder.mkdir(exist_ok=True)
    path = folder / "clip.mp4"
    match kind:
        case "missing":
            pass
        case "folder":
            path.mkdir()
        case "empty":
            path.touch()
        case "text":
            path.write_text("this is a letter, not a film\n" * 400)
        case "noise":
            path.write_bytes(np.random.default_rng(1).bytes(100_000))
        case "no pictures":
            write_video(path, frames=0)
            path.touch()
        case "header only":
            path.write_bytes(good.read_bytes()[:600])
        case "picture":
            path = folder / "img_01.png"
            cv2.imwrite(str(path), numbered(3))
        case "pattern":
            for i in range(3):
                cv2.imwrite(str(folder / f"s_{i}.png"), numbered(i))
            path = folder / "s_%d.png"
        case "pipe":
            os.mkfifo(path)
    return path


KINDS = ("missing", "folder", "empty", "text", "noise", "no pictures", "header only", "picture", "pattern")


@pytest.mark.parametrize("kind", [*KINDS, *(["pipe"] if hasattr(os, "mkfifo") else [])])
def test_what_is_no_video_gets_one_sentence(kind, tmp_path, video):
    path = bad_file(kind, tmp_path, video)
    with pytest.raises(VideoError) as told:
        open_source(VideoSpec(path))
    assert path.name in told.value.what
    assert told.value.what.endswith(".")
    assert told.value.next_step
    assert told.value.exit_code == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_video_that_may_not_be_read(tmp_path, video):
    path = tmp_path / "secret.mp4"
    path.write_bytes(video.read_bytes())
    path.chmod(0)
    with pytest.raises(VideoError, match="may not be read"):
        open_source(VideoSpec(path))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/clip.mp4", "rtsp://127.0.0.1:9/x", "https://a.example/b", "udp://@:9"]
)
def test_addresses_are_refused_without_a_connection(address):
    with pytest.raises(VideoError, match="is an address"):
        open_source(VideoSpec(Path(address)))


def test_a_video_that_breaks_off_gives_what_it_holds_then_says_so(tmp_path):
    path = write_video(tmp_path / "cut.avi", code="MJPG")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    source = open_source(VideoSpec(path))
    numbers = []

    def read_all():
        while (picture := source.read()) is not None:
            numbers.append(number_of(picture.bgr))

    with pytest.raises(VideoError, match=r"breaks off after picture \d+ of 40") as told:
        read_all()
    source.close()
    assert 10 < len(numbers) < 30
    assert numbers[:-1] == list(range(len(numbers) - 1))
    assert told.value.exit_code == 2


def test_opening_and_closing_leaves_no_open_file(video, tmp_path):
    bad = bad_file("text", tmp_path, video)
    me = psutil.Process()

    def open_all():
        source = open_source(VideoSpec(video))
        source.read()
        source.close()
        with pytest.raises(VideoError):
            open_source(VideoSpec(bad))

    open_all()
    before = me.num_fds() if hasattr(me, "num_fds") else me.num_handles()
    for _ in range(30):
        open_all()
    after = me.num_fds() if hasattr(me, "num_fds") else me.num_handles()
    assert after <= before


def test_no_such_camera():
    with pytest.raises(CameraError, match="no camera 97") as told:
        open_source(WebcamSpec(97))
    assert told.value.next_step
    assert told.value.exit_code == 1
    with pytest.raises(CameraError, match="no camera -1"):
        open_source(WebcamSpec(-1))


def opened_as_camera(path):
    """OpenCV's capture of a file behaves as a camera that is unplugged where the file ends."""
    return Webcam(cv2.VideoCapture(str(path), cv2.CAP_FFMPEG), "camera 0", 30.0)


def test_a_camera_that_is_unplugged(video):
    camera = opened_as_camera(video)
    assert (camera.size, camera.live, camera.total) == ((160, 120), True, None)
    indices = []

    def read_all():
        while True:
            picture = camera.read()
            assert number_of(picture.bgr) == picture.index + 1, "one was read to see that it works"
            indices.append(picture.index)

    with pytest.raises(CameraError, match="gives no more pictures"):
        read_all()
    assert all(a < b for a, b in pairwise(indices)), "a picture came twice"
    camera.close()
    assert camera.read() is None


def test_a_camera_that_repeats_itself_is_not_believed():
    stale = Stale()
    rng = np.random.default_rng(5)
    still = rng.integers(0, 255, (480, 640, 3), np.uint8)
    t_s, told = 0.0, []
    for i in range(120):
        noise = rng.integers(0, 3, still.shape, np.uint8) if i < 30 or i >= 90 else 0
        told.append((t_s, stale.fresh(still // 2 + noise, t_s)))
        t_s += 1 / 30
    first = 30 + round(FROZEN_S * 30)
    assert [t for t, fresh in told if not fresh] == pytest.approx(
        [i / 30 for i in range(first, 90)], abs=0.04
    )
    assert all(fresh for t, fresh in told if t < 1.0 + FROZEN_S - 0.1 or t >= 3.0)


def test_a_camera_that_opens_and_gives_nothing(video):
    capture = cv2.VideoCapture(str(video), cv2.CAP_FFMPEG)
    while capture.grab():
        pass
    with pytest.raises(CameraError, match="another program may be using it"):
        Webcam(capture, "camera 0", first_picture_s=0.2)
    assert not capture.isOpened()


def test_the_terminal_stays_clean(tmp_path, video):
    """OpenCV and FFmpeg complain past Python, so this looks at a whole process."""
    cut = write_video(tmp_path / "cut.avi", code="MJPG")
    content = cut.read_bytes()
    cut.write_bytes(content[: len(content) // 2])
    files = [cut, *(bad_file(kind, tmp_path / kind, video) for kind in ("text", "noise", "header only"))]
    script = f"""
from pathlib import Path
from rehabgames.core.errors import RehabgamesError
from rehabgames.tracking.opening import open_source
from rehabgames.tracking.sources import VideoSpec, WebcamSpec
for path in {[str(f) for f in files]}:
    try:
        source = open_source(VideoSpec(Path(path)))
        while source.read() is not None:
            pass
        raise SystemExit("nothing was wrong with " + path)
    except RehabgamesError:
        pass
try:
    open_source(WebcamSpec(97))
except RehabgamesError:
    pass
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_an_unknown_patient_or_look_offers_the_nearest():
    with pytest.raises(UnknownNameError, match="'moderate'"):
        open_source(VirtualSpec("moderat"))
    with pytest.raises(UnknownNameError):
        open_source(VirtualSpec("healthy", look="no such look"))
    with pytest.raises(UnknownNameError):
        open_source(VirtualSpec("healthy", look=999))


def test_specs_travel():
    for spec in (WebcamSpec(2), VideoSpec(Path("a.mp4"), paced=True), VirtualSpec("mild", "left", 3, "x")):
        assert pickle.loads(pickle.dumps(spec)) == spec
