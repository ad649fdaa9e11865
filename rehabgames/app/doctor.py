"""What this machine has and lacks for playing, found without starting anything that lasts."""

from __future__ import annotations

import ctypes
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rehabgames.app.cameras import LISTED
from rehabgames.app.cameras import listed as listed_in
from rehabgames.app.plug_ins import load_adapters, load_games, load_places
from rehabgames.app.power import saving
from rehabgames.app.tuned import AGAIN, remembered
from rehabgames.content.root import assets_folder, damaged
from rehabgames.core.errors import RehabgamesError
from rehabgames.hearing.listener import recogniser_here
from rehabgames.hearing.spotter import INSTALL
from rehabgames.records.folder import NEEDED_MB, data_folder, prepare_folder
from rehabgames.tracking.models import list_models
from rehabgames.tracking.variants import installed
from rehabgames.words import ENGLISH, languages, trouble

PYTHON_FROM: Final = (3, 11)
PYTHON_BELOW: Final = (3, 14)
MEDIAPIPE_FROM: Final = (0, 10, 30)
MEDIAPIPE_BELOW: Final = (0, 10, 34)  # later ones contact a logging host
# what Debian and Ubuntu call the packages of the libraries that MediaPipe and OpenCV load
PACKAGES: Final = {
    "libEGL.so.1": "libegl1",
    "libGLESv2.so.2": "libgles2",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
OPENCV: Final = (
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
    "opencv-python",
    "opencv-python-headless",
)
ANSWER_WITHIN_S: Final = 2.0

# Screen and sound are tried by a child process: drivers may hang or crash.
_TRY_OUTPUTS: Final = """
import json, pygame
def tried(start, look):
    try:
        start()
        return [True, look()]
    except pygame.error as error:
        return [False, str(error)]
print(json.dumps({
    "screen": tried(pygame.display.init, pygame.display.get_driver),
    "sound": tried(pygame.mixer.init, lambda: "%d Hz" % pygame.mixer.get_init()[0]),
}))
"""
_TRY_LISTENING: Final = """
import json
from rehabgames.core.errors import RehabgamesError
from rehabgames.hearing.microphone import Microphone
from rehabgames.hearing.spotter import Spotter
try:
    Spotter()
    with Microphone() as microphone:
        microphone.read(0.5)
        print(json.dumps({"sound": bool(microphone.read(0.5).strip(bytes(1)))}))
except RehabgamesError as error:
    print(json.dumps({"trouble": error.what, "step": error.next_step}))
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    ok         True: fine; False: it stops rehabgames from working; None: something is missing that one
               can do without, or it could not be told
    what       one sentence
    next_step  what to do; "" where nothing is to be done
    """

    name: str
    ok: bool | None
    what: str
    next_step: str = ""


def examine() -> list[Finding]:
    """Everything that can be found out about this machine in about a second. Never raises."""
    outputs = _answer(_TRY_OUTPUTS)
    looks: list[tuple[str, Callable[[], Finding]]] = [
        ("Python", look_at_python),
        ("system libraries", look_at_libraries),
        ("MediaPipe", look_at_mediapipe),
        ("OpenCV", look_at_opencv),
        ("tracking models", look_at_models),
        ("data folder", look_at_data_folder),
        ("self-test", look_at_self_test),
        ("power", look_at_power),
        ("camera", look_at_cameras),
        ("screen", lambda: look_at_screen(outputs)),
        ("sound", lambda: look_at_sound(outputs)),
        ("voice", look_at_voice),
        ("stop word", look_at_stop_word),
        ("letters", look_at_letters),
        ("words", look_at_words),
        ("pictures", look_at_pictures),
        ("plug-ins", look_at_plug_ins),
    ]
    return [_safely(name, look) for name, look in looks]


def look_at_plug_ins() -> Finding:
    notes = (*load_adapters(), *load_games(), *load_places())
    if notes:
        return Finding("plug-ins", None, " ".join(notes), "Remove these packages or install newer ones.")
    return Finding("plug-ins", True, "No plug-in is in trouble.")


def look_at_python(version: tuple[int, int] | None = None) -> Finding:
    version = sys.version_info[:2] if version is None else version
    said = f"Python {'.'.join(map(str, version))} runs rehabgames"
    if PYTHON_FROM <= version < PYTHON_BELOW:
        return Finding("Python", True, f"{said}.")
    return Finding("Python", False, f"{said}, which was made for 3.11 to 3.13.", "Install one of these.")


def look_at_libraries(packages: Mapping[str, str] = PACKAGES) -> Finding:
    name = "system libraries"
    if not sys.platform.startswith("linux"):
        return Finding(name, True, "This system brings the libraries that MediaPipe and OpenCV need.")
    missing = [library for library in packages if not _loads(library)]
    if not missing:
        return Finding(name, True, "All libraries that MediaPipe and OpenCV need can be loaded.")
    wanted = " ".join(packages[library] for library in missing)
    step = f"On Debian or Ubuntu: sudo apt-get install {wanted}"
    return Finding(name, False, f"Cannot be loaded: {', '.join(missing)}.", step)


def look_at_mediapipe(version: str | None = None) -> Finding:
    name, step = "MediaPipe", "Run: pip install --upgrade --force-reinstall rehabgames"
    version = version or _version("mediapipe")
    if version is None:
        return Finding(name, False, "MediaPipe is not installed.", step)
    release = tuple(int(number) for number in re.findall(r"\d+", version)[:3])
    if release < MEDIAPIPE_FROM:
        return Finding(name, False, f"MediaPipe {version} is too old.", step)
    if release >= MEDIAPIPE_BELOW:
        return Finding(name, False, f"MediaPipe {version} reports its use to others over the network.", step)
    return Finding(name, True, f"MediaPipe {version} keeps to this machine.")


def look_at_opencv(installed: list[str] | None = None) -> Finding:
    name = "OpenCV"
    found = [package for package in OPENCV if _version(package)] if installed is None else installed
    others = [package for package in found if package != OPENCV[0]]
    renew = f"pip install --force-reinstall --no-deps {OPENCV[0]}"
    if not found:
        return Finding(name, False, "OpenCV is not installed.", f"Run: {renew}")
    if others:
        what = f"{' and '.join(found)} are installed; they overwrite each other's files."
        if len(found) == 1:
            what = f"{found[0]} is installed in place of {OPENCV[0]}."
        return Finding(name, False, what, f"Run: pip uninstall {' '.join(others)} && {renew}")
    return Finding(name, True, f"OpenCV {_version(OPENCV[0]) or ''} is the only one installed.")


def look_at_models(cache: Path | None = None) -> Finding:
    name, fetch = "tracking models", "Run: rehabgames models"
    bad = [model for model in list_models(cache) if not model.usable]
    damaged = [model for model in bad if model.present or model.origin == "given"]
    if damaged:
        where = " and ".join(str(model.path) for model in damaged)
        given = any(model.origin == "given" for model in damaged)
        return Finding(
            name, False, f"Not usable: {where}.", "Correct or unset REHABGAMES_MODELS." if given else fetch
        )
    if bad:
        kinds = " and ".join(model.kind for model in bad)
        return Finding(name, None, f"Not here yet: {kinds}. They are fetched when first needed.", fetch)
    return Finding(name, True, "The tracking models are here and undamaged.")


def look_at_data_folder() -> Finding:
    name, folder = "data folder", data_folder()
    try:
        if folder.exists():
            prepare_folder(folder)
        there = next(place for place in (folder, *folder.parents) if place.exists())
        free_gb = shutil.disk_usage(there).free / 1e9
    except RehabgamesError as error:
        return Finding(name, False, error.what, error.next_step)
    if not os.access(there, os.W_OK | os.X_OK) or not there.is_dir():
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        return Finding(name, False, f"{folder} cannot be made, for {there} cannot be written.", step)
    if free_gb * 1e3 < NEEDED_MB:
        return Finding(
            name, False, f"{folder} has no room: {free_gb * 1e3:.0f} MB are free.", "Free some space."
        )
    later = "" if folder.exists() else " and is made by the first session"
    return Finding(name, True, f"{folder} can be written{later}; {free_gb:.0f} GB are free.")


def look_at_self_test() -> Finding:
    name = "self-test"
    try:
        tuned = remembered(data_folder())
    except RehabgamesError as error:
        return Finding(name, None, error.what, error.next_step)
    if tuned is None:
        what = "None was made yet: the pose network 'full' is used, at 30 pictures a second."
        return Finding(name, None, what, AGAIN)
    chosen = f"The pose network '{tuned.pose}' was chosen at {tuned.camera_fps:g} pictures a second"
    when = f"on {tuned.when_utc[:10]}."
    if tuned.pose not in installed():
        return Finding(name, None, f"{chosen} {when} It is not here any more.", AGAIN)
    if why := tuned.outdated:
        return Finding(name, None, f"{chosen} {when} {why}", AGAIN)
    return Finding(name, True, f"{chosen} {when}")


def look_at_power() -> Finding:
    if why := saving():
        return Finding("power", True, f"Games run at low power, because {why}.")
    return Finding("power", True, "Nothing asks for saving power.")


def look_at_cameras(listed: Path = LISTED, devices: Path = Path("/dev")) -> Finding:
    """On Linux, from what the system lists; elsewhere a camera only shows by being opened."""
    name, without = "camera", "Plug one in, or see rehabgames without: rehabgames demo"
    found = listed_in(listed)
    if found is None:
        return Finding(name, None, "Cameras were not looked for.", "Try: rehabgames play --camera 0")
    if not found:
        return Finding(name, None, "No camera was found.", without)
    names = ", ".join(f"{camera.number} ({camera.name})" for camera in found)
    if not any(os.access(devices / f"video{camera.number}", os.R_OK | os.W_OK) for camera in found):
        step = "Run: sudo usermod -aG video $USER, then log in again."
        return Finding(name, False, f"Found but not permitted to you: {names}.", step)
    return Finding(name, True, f"Found: {names}.")


def look_at_screen(outputs: dict[str, Any]) -> Finding:
    name, step = "screen", "Without a screen the demo runs headless: rehabgames demo --headless"
    ok, said = outputs.get("screen", (None, outputs.get("trouble", "")))
    if ok and said in ("dummy", "offscreen"):
        return Finding(name, None, f"No window can be opened (SDL's driver is '{said}').", step)
    if not ok:
        return Finding(name, None, f"No window can be opened: {said}.", step)
    return Finding(name, True, f"A window can be opened ({said}).")


def look_at_sound(outputs: dict[str, Any]) -> Finding:
    ok, said = outputs.get("sound", (None, outputs.get("trouble", "")))
    if ok and os.environ.get("SDL_AUDIODRIVER") in ("dummy", "disk"):
        ok, said = None, "SDL_AUDIODRIVER turns it off"
    if not ok:
        return Finding("sound", None, f"No sound can be played: {said}.", "Games are playable without it.")
    return Finding("sound", True, f"Sound can be played ({said}).")


def look_at_voice(program: str = "espeak-ng") -> Finding:
    name = "voice"
    if shutil.which(program) is not None:
        return Finding(name, True, "espeak-ng speaks what is asked.")
    step = "On Debian or Ubuntu: sudo apt-get install espeak-ng"
    return Finding(name, None, "Prompts are not spoken: espeak-ng is not installed.", step)


def look_at_stop_word() -> Finding:
    name, without = "stop word", "The word 'stop' is not listened for"
    if not recogniser_here():
        return Finding(name, None, f"{without}: pocketsphinx is not installed.", INSTALL)
    heard = _answer(_TRY_LISTENING, "the recogniser")
    if "trouble" in heard:
        step = heard.get("step") or "Look at the microphone."
        return Finding(name, None, f"{without}: {str(heard['trouble']).rstrip('.')}.", step)
    if not heard.get("sound"):
        step = "Switch it on, and allow its use to this program."
        return Finding(name, None, "The microphone gives no sound, so the word 'stop' is not heard.", step)
    return Finding(name, True, "The word 'stop' can be heard, where somebody wants that (--stop-word).")


def look_at_letters(spoken: Sequence[str] | None = None) -> Finding:
    """Whether every language that there are words for can be written; spoken: other languages."""
    from babel import Locale  # noqa: PLC0415 - takes time to import, as pygame does

    from rehabgames.stage.fonts import found, missing_scripts, packages_of  # noqa: PLC0415

    spoken = sorted({ENGLISH, *languages()}) if spoken is None else spoken
    missing = {language: scripts for language in spoken if (scripts := missing_scripts(language))}
    if not missing:
        return Finding("letters", True, "Every language can be written with the fonts that are here.")
    said = " and ".join(str(Locale.parse(language).english_name) for language in missing)
    lacks = tuple(dict.fromkeys(script for scripts in missing.values() for script in scripts))
    if absent := tuple(script for script in lacks if found(script) is None):
        what = f"{said} cannot be written well: no font with {' and '.join(absent)} letters was found."
        step = f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages_of(absent))}"
        return Finding("letters", None, what, step)
    what = f"{said} cannot be written: the pygame that is installed here does not join letters."
    return Finding("letters", None, what, "Run: pip install --force-reinstall pygame")


def look_at_words() -> Finding:
    troubles = [found for language in {ENGLISH, *languages()} if (found := trouble(language)) is not None]
    if troubles:
        return Finding("words", None, " ".join(each.what for each in troubles), troubles[0].next_step)
    return Finding("words", True, "The words are here and undamaged.")


def look_at_pictures(folder: Path | None = None) -> Finding:
    """Every picture that is there, and those that are not and that the installer wrote down."""
    from rehabgames.stage.pictures import read_part  # noqa: PLC0415 - pygame
    from rehabgames.stage.places import PLACES  # noqa: PLC0415

    folder = folder or assets_folder() / "pictures"
    ours = [name for name, made in PLACES.items() if made.__module__.startswith("rehabgames.stage.")]
    bad = [folder / name for name in ("signs", "screens", *ours) if not any((folder / name).glob("*.svg"))]
    bad += [path for path in _installed() if path.is_relative_to(folder) and not path.is_file()]
    for path in sorted(folder.glob("*/*.svg")):
        try:
            read_part(path.read_text("utf-8"))
        except (OSError, ValueError):
            bad.append(path)
    if not bad:
        return Finding("pictures", True, "The pictures are here and undamaged.")
    which = str(bad[0]) + (f" and {len(bad) - 1} more" if len(bad) > 1 else "")
    found = damaged(f"{which} cannot be read; plain shapes stand in for pictures")
    return Finding("pictures", None, found.what, found.next_step)


def _installed() -> list[Path]:
    """What the installer wrote down as a file of rehabgames; of a clone it knows nothing."""
    try:
        files = importlib.metadata.files("rehabgames") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [Path(str(file.locate())).resolve() for file in files]


def _answer(program: str, called: str = "pygame") -> dict[str, Any]:
    """What it prints as JSON, or {"trouble": why}."""
    try:
        answer = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            env=os.environ | {"PYGAME_HIDE_SUPPORT_PROMPT": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=ANSWER_WITHIN_S,
            check=True,
        )
        found = json.loads(answer.stdout)
    except subprocess.TimeoutExpired:
        return {"trouble": f"{called} did not answer within {ANSWER_WITHIN_S:.0f} s"}
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {"trouble": f"{called} could not be started"}
    return found if isinstance(found, dict) else {"trouble": f"{called} answered nonsense"}


def _safely(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:  # a doctor that falls ill helps nobody
        return Finding(name, None, f"Could not be looked at: {type(error).__name__}: {error}.")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
