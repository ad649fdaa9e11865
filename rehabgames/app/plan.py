"""Plans of patients on this machine: `rehabgames plan`, and what `play` prescribes.

plans/PATIENT.toml is the plan that holds. Each one that was found good is kept beside it as
PATIENT.v1.toml, PATIENT.v2.toml, ..., and none of these is ever written again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rehabgames.app.repertoire import library
from rehabgames.content.finding import Finding, content_error, shown
from rehabgames.content.library import Library
from rehabgames.content.lines import located
from rehabgames.content.plan_editing import edited, path_of, value_of
from rehabgames.content.plan_schema import LONGEST_BY, LONGEST_REASON, PATIENT_RULE, is_patient
from rehabgames.content.plans import CHECK, new_plan_text, plan_of, unexplained
from rehabgames.content.reading import Source, read_source, source_of
from rehabgames.content.whole import OWNER_ONLY, write_whole
from rehabgames.core.errors import ContentError, StoreError, UseError
from rehabgames.core.landmarks import SIDES, Side
from rehabgames.core.plan import Plan
from rehabgames.records.folder import data_folder, prepare_folder
from rehabgames.tracking.lock import locked

# key of a plan → what it is in words, and the option that gives it
_SIGNED: Final = {"reason": ("a reason", "--reason TEXT"), "by": ("a name", "--by NAME")}
PATIENT = "patient"  # who plays where nobody is named
EMPTY = "is empty: bring back one of its versions, or begin anew with rehabgames plan new"
_UNCHANGED = "Nothing was changed."
_TRY = f"Correct it, then try: {CHECK} "
_VERSION = re.compile(r"\.v([1-9]\d{0,8})\.toml$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan as it is read, without writing. kept: it is the last one that was kept, not edited since."""

    plan: Plan
    path: Path
    kept: bool


def plans_folder() -> Path:
    """Where the plans are; it need not exist."""
    return data_folder() / "plans"


def plan_path(patient: str) -> Path:
    """Where this patient's plan is, whether there is one or not. Raises UseError."""
    if not is_patient(patient):
        raise UseError(f"{shown(patient)} cannot be the name of a patient.", f"Use {PATIENT_RULE}.")
    return plans_folder() / f"{patient}.toml"


def load_plan(patient: str = PATIENT) -> Plan | None:
    """The plan that holds for this patient now, or None where there is none and the defaults hold.

    A plan that was edited since is judged and kept as the next version first. Raises UseError,
    ContentError (it says something wrong: nothing may be played by it) and StoreError.
    """
    seen = see_plan(patient)
    if seen is None or seen.kept:
        return None if seen is None else seen.plan
    return keep_plan(patient)


def see_plan(patient: str = PATIENT) -> Seen | None:
    """The plan of this patient, read and judged only. Raises UseError and ContentError."""
    path = plan_path(patient)
    if not _there(path):
        return None
    source = read_source(path)
    last = _last(patient)
    if last is not None and last[1].sha256 == source.sha256 != "":
        return Seen(_plan(source, patient), path, True)
    shelf = library()
    plan = _plan(source, patient, shelf)
    _explained(plan, last, source, shelf)
    return Seen(plan, path, False)


def keep_plan(patient: str = PATIENT) -> Plan:
    """The edited plan of this patient, judged and kept as the next version. Raises as `load_plan`."""
    path = plan_path(patient)
    with _alone():
        source, last = read_source(path), _last(patient)
        if last is not None and last[1].sha256 == source.sha256 != "":
            return _plan(source, patient)
        shelf = library()
        plan = _plan(source, patient, shelf)
        _explained(plan, last, source, shelf)
        return _write(source.text, patient, last, shelf)


def new_plan(patient: str = PATIENT, exercise: str | None = None, side: str | None = None) -> Plan:
    """Write a first plan, every key explained. Raises UseError, ContentError, StoreError."""
    path = plan_path(patient)
    if exercise is not None and side is None:
        raise UseError("An exercise is prescribed for one arm.", "Say which: --side left or --side right.")
    if side is not None and side not in SIDES:
        raise UseError(f"There is no side {shown(side)}.", "Choose left or right.")
    if side is not None and exercise is None:
        raise UseError("A side is prescribed together with an exercise.", "Say which: --exercise ID.")
    shelf = library()
    if exercise is not None:
        shelf.exercise(exercise)
    chosen: Side | None = None if side is None else "left" if side == "left" else "right"
    text = new_plan_text(patient, exercise, chosen)
    _refuse(path)
    _, findings = plan_of(source_of(text.encode("utf-8"), str(path), patient), shelf, patient)
    if findings:
        raise _refused(findings, step="begin without --exercise, and put it in with an editor")
    with _alone():
        _refuse(path)
        return _write(text, patient, _last(patient), shelf)


def set_plan(
    patient: str, changes: Sequence[tuple[str, str]], by: str | None = None, reason: str | None = None
) -> Plan:
    """Change keys of the plan, all or none of them, and keep it as the next version.

    Raises UseError, ContentError, StoreError; then the file is as it was.
    """
    path = plan_path(patient)
    twice = [key for i, (key, _) in enumerate(changes) if key in [other for other, _ in changes[:i]]]
    if twice:
        raise UseError(f"{shown(twice[0])} is given twice.", _UNCHANGED)
    texts = {"by": _line("--by", by, LONGEST_BY), "reason": _line("--reason", reason, LONGEST_REASON)}
    _must_be_there(path, patient)
    with _alone():
        _must_be_there(path, patient)
        source, last, shelf = read_source(path), _last(patient), library()
        if source.findings:
            raise content_error(source.findings, CHECK)
        text = source.text
        for key, value in changes:
            text = edited(text, path_of(key, source), value_of(key, value))
        for name, said in texts.items():
            text = text if said is None else edited(text, (name,), said)
        after = source_of(text.encode("utf-8"), source.file, patient)
        plan, findings = plan_of(after, shelf, patient)
        missing = [name for name in _SIGNED if not after.table.get(name)]
        if plan is not None and reason is None:
            findings, missing = unexplained(plan, _before(last, patient, shelf), source.file), ["reason"]
        if plan is not None:
            findings = [*findings, *_ahead(plan, after)]
        if findings:
            raise _refused(findings, missing)
        return _write(text, patient, last, shelf)


def check_plans(paths: Sequence[Path]) -> list[tuple[Path, Plan | None]]:
    """Judge plan files; () stands for all patients' plans. A patient's own plan is kept if it is new.

    Returns each path with the plan where it was kept as a new version, else with None. Raises
    ContentError with all that is wrong in all of them.
    """
    own = [path for path in sorted(plans_folder().glob("*.toml")) if not _VERSION.search(path.name)]
    whose = {path.resolve(): path.stem for path in own}
    good: list[tuple[Path, Plan | None]] = []
    errors: list[ContentError] = []
    shelf = library()
    for path in [*paths] or own:
        try:
            good.append((path, _checked(path, whose.get(path.resolve()), shelf)))
        except ContentError as error:
            errors.append(error)
    if errors:
        files = " ".join(error.next_step.removeprefix(_TRY) for error in errors)
        raise ContentError("\n".join(error.what for error in errors), f"{_TRY}{files}")
    return good


def _checked(path: Path, patient: str | None, shelf: Library) -> Plan | None:
    """The plan where it was kept as a new version. patient: whose own plan this file is, None: nobody's."""
    if patient is None:
        _, findings = plan_of(read_source(path), shelf)
    elif not is_patient(patient):
        findings = [Finding(str(path), "", f"the file's name must be that of a patient, {PATIENT_RULE}")]
    else:
        seen = see_plan(patient)
        return None if seen is None or seen.kept else keep_plan(patient)
    if findings:
        raise content_error(findings, CHECK)
    return None


def _plan(source: Source, patient: str, shelf: Library | None = None) -> Plan:
    if not source.table and not source.findings:
        # an empty file would let go of every limit without a word
        raise _unfit([Finding(source.file, "", EMPTY)])
    plan, findings = plan_of(source, shelf or library(), patient)
    if plan is None:
        raise _unfit(findings)
    return plan


def _unfit(findings: Sequence[Finding]) -> ContentError:
    """Nothing is played by it; its code says to whoever is alone at home which trouble that is."""
    error = content_error(findings, CHECK)
    error.code = {"patient": "plan_other", "format": "plan_newer"}.get(findings[0].key, "plan")
    return error


def _last(patient: str) -> tuple[int, Source] | None:
    """The newest version that was kept, and its number."""
    found = [
        (int(match[1]), path)
        for path in plans_folder().glob("*.toml")
        if (match := _VERSION.search(path.name)) and path.name[: match.start()] == patient
    ]
    if not found:
        return None
    number, path = max(found)
    return number, read_source(path)


def _before(last: tuple[int, Source] | None, patient: str, shelf: Library) -> Plan | None:
    return None if last is None else plan_of(last[1], shelf, patient)[0]


def _explained(plan: Plan, last: tuple[int, Source] | None, source: Source, shelf: Library) -> None:
    """Raises ContentError where the plan loosens anew what only the last plan's reason explains."""
    findings = [*_ahead(plan, source), *unexplained(plan, _before(last, plan.patient, shelf), source.file)]
    if findings:
        raise _unfit(located(findings, source))


def _ahead(plan: Plan, source: Source) -> list[Finding]:
    today = datetime.now().astimezone().date().isoformat()
    return [Finding(source.file, "onset", f"lies ahead, today is {today}")] if plan.onset > today else []


def _write(text: str, patient: str, last: tuple[int, Source] | None, shelf: Library) -> Plan:
    """Number the plan, keep it, then let it hold. Whatever goes wrong, the plan from before holds on."""
    number = 1 if last is None else last[0] + 1
    text = edited(edited(text, ("version",), number), ("patient",), patient)  # hazard H12: whose it is
    text = edited(text, ("made_utc",), datetime.now(UTC).isoformat(timespec="seconds"))
    path = plan_path(patient)
    kept = path.with_name(f"{patient}.v{number}.toml")
    plan = _plan(source_of(text.encode("utf-8"), str(path), patient), patient, shelf)
    with _telling(path):
        write_whole(kept, text, OWNER_ONLY)
        try:
            write_whole(path, text, OWNER_ONLY)
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
    return plan


@contextmanager
def _alone() -> Iterator[None]:
    """The plans folder, made where it is missing, for this process alone."""
    prepare_folder(data_folder())
    folder = plans_folder()
    with _telling(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / ".lock").touch(mode=OWNER_ONLY)
        with locked(folder / ".lock"):
            yield


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        step = "Set REHABGAMES_HOME to a folder that you may write to."
        raise StoreError(f"{path} cannot be written ({why}).", step) from error


def _there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _refuse(path: Path) -> None:
    if _there(path):
        raise UseError(f"There is a plan already, {path}.", "Change it: rehabgames plan set KEY VALUE")


def _must_be_there(path: Path, patient: str) -> None:
    if not _there(path):
        whose = "" if patient == PATIENT else f" --patient {patient}"
        raise UseError(f"There is no plan for {patient} yet.", f"Begin one: rehabgames plan new{whose}")


def _line(option: str, said: str | None, longest: int) -> str | None:
    """What an option says, as one line. Raises UseError where it says nothing, or what no file can hold."""
    if said is None:
        return None
    line = " ".join(said.split())
    if not 1 <= len(line) <= longest or not line.isprintable():
        raise UseError(f"{option} must be text of 1..{longest} characters.", _UNCHANGED)
    return line


def _refused(findings: Sequence[Finding], missing: Sequence[str] = (), step: str = "") -> UseError:
    """What is wrong with a change, without the file's name: the file is not what is wrong. missing: what does
    not sign it yet."""
    lines = "\n".join(str(Finding("", finding.key, _plainly(finding.what))) for finding in findings)
    if missing and any(" needs " in finding.what for finding in findings):
        step = step or f"give {' and '.join(_SIGNED[name][1] for name in missing)}"
    step = step or "give another value"
    end = "" if lines.endswith("?") else "."
    return UseError(f"{lines}{end}", f"{_UNCHANGED[:-1]}; {step}.")


def _plainly(what: str) -> str:
    """ "which needs reason and by" names keys of a file, which whoever types a command does not see."""
    head, needs, keys = what.rpartition(" needs ")
    names = keys.split(" and ")
    if not needs or not set(names) <= _SIGNED.keys():
        return what
    return f"{head}{needs}{' and '.join(_SIGNED[name][0] for name in names)}"
