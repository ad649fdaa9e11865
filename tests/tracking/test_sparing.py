"""MediaPipe as the tracking process has it: it tracks, and loaded nothing to draw or record with."""

from __future__ import annotations

import json
import subprocess
import sys

from rehabgames.tracking.models import model_path

SCRIPT = """
import json, sys
from rehabgames.tracking.sources import VirtualSpec, quiet_cv2
from rehabgames.tracking.sparing import import_mediapipe
quiet_cv2()
import_mediapipe()
from pathlib import Path
from rehabgames.tracking.detector import Detector
from rehabgames.tracking.virtual import VirtualCamera
with Detector(Path(sys.argv[1])) as detector:
    frame = detector.detect(VirtualCamera(VirtualSpec("healthy")).picture_at(0.0, None).bgr, 0.0, 0)
loaded = sorted(name for name in sys.modules if name.split(".")[0] in ("matplotlib", "sounddevice"))
import matplotlib.pyplot
print(json.dumps([frame.has_body, loaded, hasattr(matplotlib.pyplot, "plot")]))
"""


def test_it_tracks_and_loads_neither_diagrams_nor_sound() -> None:
    command = [sys.executable, "-c", SCRIPT, str(model_path("pose"))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [True, [], True]
