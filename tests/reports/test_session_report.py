from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from recorded_session import DIRECTIONS, REACH, Recorder, profile_body, record_session, start_body, trial_body

from rehabgames.core.errors import StoreError, UseError
from rehabgames.records.store import Store
from rehabgames.reports.session_report import write_report


class Page(HTMLParser):
    """What a page is made of: elements with attributes, text by element name."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.source = path.read_text(encoding="utf-8")
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = False
        self.feed(self.source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag == "style"
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    def plots(self) -> list[str]:
        return [attrs["aria-label"] or "" for tag, attrs in self.elements if tag == "svg"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def _page(store: Store, session: str = "last") -> Page:
    return Page(write_report(store, session, store.folder))


def test_the_plots_show_every_trial_once(store: Store):
    record_session(store, trials=24)
    page = _page(store)
    numbers = [int(found[1]) for i in page.ids() if (found := re.fullmatch(r"trial-(\d+)", i))]
    assert numbers == list(range(24))
    for plot in ("success-trial-", "distance-trial-"):
        assert len([i for i in page.ids() if i.endswith(tuple(f"{plot}{n}" for n in range(24)))]) == 24


def test_success_and_miss_differ_in_shape_and_in_colour(store: Store):
    results = record_session(store, trials=40)
    assert len(set(results)) == 3
    page = _page(store)
    looks: dict[bool | None, set[tuple[str, str]]] = {True: set(), False: set(), None: set()}
    for number, result in enumerate(results):
        use = re.search(
            rf'<g id="trial-{number}">.*?<use xlink:href="#(.*?)".*?stroke: (#\w+)', page.source, re.DOTALL
        )
        shape = re.search(rf'<path id="{use[1]}" d="(.*?)"', page.source, re.DOTALL)[1]
        looks[result].add(("".join(re.findall("[A-Z]", shape)) + str(len(shape)), use[2]))
    assert [len(found) for found in looks.values()] == [1, 1, 1]
    shapes, colours = zip(*(look for found in looks.values() for look in found), strict=True)
    assert colours == ("#0072b2", "#d55e00", "#595959")
    assert len(set(shapes)) == 3


def test_the_key_numbers_are_those_of_the_record(store: Store):
    results = record_session(store, trials=24)
    trials = store.trials("s1")
    furthest = max(t.reached for t in trials if t.reached is not None)
    judged = len([r for r in results if r is not None])
    text = _page(store).text
    assert "Trials 24 Successes" in text
    assert f"Successes {results.count(True)} Success rate" in text
    assert f"Success rate {round(100 * results.count(True) / judged)} % of {judged} judged" in text
    assert f"Furthest reach {furthest:.2f} arm lengths" in text
    assert f"Session {store.session('s1').ended_s / 60:.1f} min" in text
    assert "Patient p-17 Arm left Status Completed" in text
    assert "tracked in 4822 of 4901 pictures (98.4 %)" in text
    assert "Not a medical device" in text


def test_probes_are_kept_apart_and_help_is_said(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body())
    recorder.add("profile", profile_body())
    bodies = [trial_body(n, 0.5, 45.0, n % 3 != 0, 0.46) for n in range(8)]
    for n, body in enumerate(bodies):
        body |= {"probe": n in {3, 4}, "compensated": n == 5, "tolerated": n != 5, "assisted": n == 7}
        recorder.add("trial", body, after_s=9)
    ledger = {
        "purposeful": 2,
        "compensated": 1,
        "assisted": 1,
        "short": 2,
        "probes": 2,
        "active_minutes": 0.8,
    }
    stop = {"status": "completed", "reason": "dose", "trials": 8, "successes": 3, "ledger": ledger}
    recorder.add("stop", stop)
    text = _page(store).text
    assert "Trials 8 Successes 4 Success rate 67 % of 6 judged" in text
    assert "By the arm 2" in text
    assert "Probes 1 of 2 always the same" in text
    assert "Hand in motion 0.8 min" in text
    assert "placed, with the trunk, not counted" in text
    assert "placed, with the other hand" in text
    assert text.count(" probe ") == 2
    assert "Not judged" not in text


def test_the_time_is_the_patients_own(store: Store):
    record_session(store, "s1", trials=1)
    assert "Sunday, 22 November 2026, 00:05 (Europe/Berlin)" in _page(store, "s1").text
    record_session(store, "s2", trials=1, zone="America/New_York")
    assert "Saturday, 21 November 2026, 18:05 (America/New York)" in _page(store, "s2").text
    for session, zone in (("s3", "Atlantis/Capital"), ("s4", "../etc"), ("s5", None)):
        record_session(store, session, trials=1, zone=zone)
        assert "Saturday, 21 November 2026, 23:05 (UTC)" in _page(store, session).text


def test_the_trial_table_says_what_was_asked_and_what_came_of_it(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body())
    recorder.add("profile", profile_body())
    recorder.add("trial", trial_body(0, 0.5, 45.0, True, 0.46), after_s=63)
    recorder.add("trial", trial_body(1, 0.95, -40.0, False, 0.41), after_s=9)
    text = _page(store).text
    first = "The first one: where this exercise begins."
    assert f"1 1:03 45° 0.45 0.46 ● placed 1.3 3.4 0.50 {first}" in text
    assert "2 1:12 −40° 0.67 0.41 ▽ not reached — 8.0 0.95 The same again" in text
    assert "Held back: reach." in text
    assert "−40° across, low 0.71 0.41 0 of 1" in text
    assert "85° out 0.62 — —" in text


def test_the_page_asks_nothing_from_outside_and_runs_nothing(store: Store):
    record_session(store, trials=12)
    page = _page(store)
    assert {"script", "link", "img", "iframe", "object", "form", "a"} & {
        tag for tag, _ in page.elements
    } == set()
    for _, attrs in page.elements:
        for name, value in attrs.items():
            assert not name.startswith("on")
            if name in ("href", "xlink:href", "src"):
                assert value.startswith("#")
    assert [u for u in re.findall(r"url\((.*?)\)", page.source) if not u.startswith("#")] == []
    assert "@import" not in page.source
    assert any(
        "default-src 'none'" in (attrs.get("content") or "") for tag, attrs in page.elements if tag == "meta"
    )


def test_ids_are_unique_and_every_reference_leads_somewhere(store: Store):
    record_session(store, trials=12)
    page = _page(store)
    assert [i for i, n in Counter(page.ids()).items() if n > 1] == []
    wanted = {a["xlink:href"][1:] for _, a in page.elements if "xlink:href" in a}
    wanted |= set(re.findall(r"url\(#(.*?)\)", page.source))
    assert wanted
    assert wanted <= set(page.ids())


def test_plots_and_tables_can_be_heard(store: Store):
    record_session(store, trials=12)
    page = _page(store)
    plots = [attrs for tag, attrs in page.elements if tag == "svg"]
    assert len(plots) == 4
    assert all(attrs["role"] == "img" and len(attrs["aria-label"]) > 40 for attrs in plots)
    assert f"45° {REACH['45']:.2f}" in page.plots()[-1]
    heads = [attrs for tag, attrs in page.elements if tag == "th"]
    assert heads
    assert all(attrs.get("scope") in ("col", "row") for attrs in heads)
    assert [attrs for tag, attrs in page.elements if tag == "html"] == [{"lang": "en"}]


def test_the_same_record_gives_the_same_page_in_any_process(store: Store, tmp_path: Path):
    record_session(store, trials=8)
    first = write_report(store, "s1", tmp_path / "a").read_bytes()
    script = (
        "import sys; from pathlib import Path; from rehabgames.records.store import Store\n"
        "from rehabgames.reports.session_report import write_report\n"
        "with Store.open(Path(sys.argv[1])) as store: write_report(store, 's1', Path(sys.argv[2]))\n"
    )
    arguments = [sys.executable, "-c", script, str(store.folder), str(tmp_path / "b")]
    subprocess.run(
        arguments, check=True, env={**os.environ, "PYTHONHASHSEED": "17", "TZ": "Asia/Tokyo"}, timeout=60
    )
    assert (tmp_path / "b" / "reports" / "s1.html").read_bytes() == first


def test_a_session_without_trials_is_told_calmly(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body())
    recorder.add(
        "stop", {"status": "stopped", "reason": "key", "trials": 0, "frames_seen": 0, "frames_tracked": 0}
    )
    page = _page(store)
    assert "No trial was played in this session" in page.text
    assert "calibration was not finished" in page.text
    assert "Stopped early: key" in page.text
    assert page.plots() == []


def test_hazard_h11_what_a_therapist_is_to_be_told_stands_at_the_top(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body())
    said = {"name": "answer", "ago_s": 1.0, "state": "end_session", "code": "chest_pain"}
    recorder.add("event", said | {"what": "chest_pain", "value": 1.0, "flag": True})
    recorder.add("event", said | {"what": "pain", "value": 9.0, "flag": True})
    recorder.add("event", said | {"what": "effort", "value": 3.0, "flag": False})
    recorder.add("stop", {"status": "stopped", "reason": "chest_pain", "trials": 0, "successes": 0})
    page = _page(store)
    assert "For the therapist: the person reported chest pain, pain 9 of 10. Speak with them" in page.text
    assert "Start the exercise again" not in page.text


def test_a_session_that_ended_after_the_calibration_shows_the_calibration(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body())
    recorder.add("profile", profile_body())
    recorder.add("stop", {"status": "failed", "reason": "camera_gone"})
    page = _page(store)
    assert len(page.plots()) == 1
    assert "No trial was played" in page.text
    assert "Ended by a fault: camera gone" in page.text
    assert "How many pictures were tracked is not known." in page.text


def test_an_interrupted_session_says_so_and_shows_what_there_is(tmp_path: Path):
    with Store.open(tmp_path) as store:
        recorder = Recorder(store, "s1")
        recorder.add("start", start_body())
        for n in range(4):
            recorder.add("trial", trial_body(n, 0.6, DIRECTIONS[n], True, 0.5), after_s=6)
        assert "Status Still running" in _page(store).text
    with Store.open(tmp_path) as store:
        page = _page(store)
    assert "Status Interrupted" in page.text
    assert "because the session was not closed" in page.text
    assert "Session 0.4 min" in page.text
    assert "trial-3" in page.ids()


def test_a_calibration_that_the_session_began_with_is_shown(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", start_body(profile=profile_body()))
    recorder.add("trial", trial_body(0, 0.6, 45.0, True, 0.5))
    assert "45° out, low 0.90 0.50 1 of 1" in _page(store).text


def test_documents_that_say_little_still_make_a_page(store: Store):
    recorder = Recorder(store, "s1")
    recorder.add("start", {"axes": {"distance": {"easiest": None, "hardest": "far"}}, "limits": 3})
    recorder.add("profile", {"reach": {"sideways": 0.4, "45": None, "65": 0.5}})
    recorder.add("trial", {})
    recorder.add("trial", {"number": 1, "goal": 7, "levels": {"distance": 0.4, "colour": "red"}, "why": "so"})
    recorder.add("event", {})
    page = _page(store)
    assert "Trials 2" in page.text
    assert "Success rate — " in page.text
    assert "65° out, low 0.50" in page.text


def test_what_people_typed_cannot_become_part_of_the_page(store: Store):
    evil = "<script>alert(1)</script> $x^2$ \" '"
    record_session(store, trials=3, patient=evil, exercise={"id": "x", "title": evil})
    recorder = Recorder(store, "s2")
    recorder.add("start", start_body(axes={evil: {"easiest": 0.0, "hardest": 1.0}}))
    body = trial_body(0, 0.5, 45.0, True, 0.4)
    recorder.add("trial", {**body, "levels": {evil: 0.5}, "reason": evil, "clamped": [evil]})
    for session in ("s1", "s2"):
        page = _page(store, session)
        assert "script" not in {tag for tag, _ in page.elements}
        assert "<script>alert(1)</script> $x^2$" in page.text


def test_a_page_that_cannot_be_written_is_named_and_leaves_no_half(store: Store, tmp_path: Path):
    record_session(store, trials=1)
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(StoreError, match="cannot be written") as error:
        write_report(store, "s1", tmp_path / "taken")
    assert str(tmp_path / "taken" / "reports" / "s1.html") in error.value.what
    assert error.value.next_step

    before = write_report(store, "s1", tmp_path).read_bytes()
    resource = pytest.importorskip("resource", reason="this system cannot limit the size of files")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StoreError, match="File too large"):
            write_report(store, "s1", tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["s1.html"]
    assert (tmp_path / "reports" / "s1.html").read_bytes() == before


def test_an_unknown_session_is_told(store: Store):
    with pytest.raises(UseError, match="no session"):
        write_report(store, "last", store.folder)
    assert not (store.folder / "reports").exists()


def test_drawing_is_loaded_only_when_a_report_is_written():
    script = "import sys, rehabgames.reports.session_report; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0
