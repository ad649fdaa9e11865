"""The flow as a model: every state is reached and left, and every answer leads where SAFETY says."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import replace
from typing import get_args

import pytest

from rehabgames.core.inputs import Key, Press
from rehabgames.core.message import Message
from rehabgames.core.player import PICTURES, Player
from rehabgames.visit.choosing import UNREAD_S, Choosing
from rehabgames.visit.day import Block, Day
from rehabgames.visit.flow import QUESTIONS, At, Flow
from rehabgames.visit.screens import EFFORTS, STEPS, screen_of
from rehabgames.visit.troubles import TROUBLES

PLAYER = Player("p-1", "Ada", "bird")
STATES = set(get_args(At))


def block(number: int, posture="sitting", *, done: bool = False) -> Block:
    return Block(f"e{number}", Message("x"), "orchard", "left", posture, 5.0, "rest", done)


def day(*blocks: Block, sore: bool = True, checked: bool = False) -> Day:
    return Day((PLAYER,), PLAYER, blocks or (block(0), block(1)), sore, checked)


DAYS = {
    "first start": Day(),
    "who": Day((PLAYER, Player("p-2"))),
    "two": day(),
    "standing": day(block(0), block(1, "standing"), sore=False, checked=True),
    "all done": replace(day(block(0, done=True)), spare_min=0.0),
    "once more": day(block(0, done=True)),
    "nothing planned": Day((PLAYER,), PLAYER),
    "two cameras": Day(cameras=2),
    "two players": replace(day(block(0), checked=True), players=(PLAYER, Player("p-2"))),
}


def steps_from(flow: Flow):
    """(what is done, the flow after it) for all that can be done there."""

    def after(do):
        other = copy.deepcopy(flow)
        do(other)
        return other

    if flow.at not in ("trouble", "bye"):
        for code in TROUBLES if flow.at == "home" else ("camera_gone",):
            yield f"trouble {code}", after(lambda f, c=code: f.fails(c))
    if flow.in_session:
        for status, reason in (("completed", "dose"), ("stopped", "key"), ("failed", "tracking")):
            yield f"{status}", after(lambda f, s=status, r=reason: f.ended(s, r, 1.0))
        if flow.at == "play":
            yield "asks", after(lambda f: f.asks())
        return
    for option in screen_of(flow).options:
        yield option.id, after(lambda f, o=option.id: f.chose(o, 1.0))
    if (leaves := screen_of(flow)).leaves_s < float("inf"):
        yield "left alone", after(lambda f: f.chose(leaves.leaves, 1.0))
    if flow.at == "pain_after":
        yield "closed", after(lambda f: f.ended("completed", "dose", 2.0))
    if flow.at != "bye":
        yield "STOP", after(lambda f: f.stop())


def key_of(flow: Flow):
    said = tuple(sorted((name, answer.value) for name, answer in flow.said.items() if name == "support"))
    troubled = flow.trouble, flow._troubled_at if flow.trouble else ""
    return flow.at, flow.block, flow.why, said, len(flow._ahead), flow.doubtful, flow._played, troubled


def crawled(first: Flow):
    """{state: {what is done: states it leads to}}"""
    seen, front = set(), [first]
    edges: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    while front:
        flow = front.pop()
        if key_of(flow) in seen:
            continue
        seen.add(key_of(flow))
        for done, after in steps_from(flow):
            edges[flow.at][done].add(after.at)
            front.append(after)
    return edges


def screens():
    """Every screen of the crawl, once."""
    found = {}
    for first in DAYS.values():
        front, seen = [Flow(first)], set()
        while front:
            flow = front.pop()
            if key_of(flow) in seen:
                continue
            seen.add(key_of(flow))
            if not flow.in_session:
                screen = screen_of(flow)
                found[screen.name, tuple(each.id for each in screen.options)] = screen
            front += [after for _, after in steps_from(flow)]
    return found


@pytest.mark.parametrize("screen", screens().values(), ids=lambda screen: screen.name)
def test_hazard_h10_every_choice_of_every_screen_is_made_by_hand_by_one_key_and_by_a_press(screen) -> None:
    menu = screen.menu(0)
    for choice in menu.choices:
        left, top, across, down = choice.box
        at = (left + across / 2, top + down / 2)
        by_hand, by_key, by_press = (Choosing(menu.choices, dwell_s=1.0, scan_s=0.5) for _ in range(3))
        assert by_hand.step((0.5, 0.1), (), 0.2) == ""
        assert [by_hand.step(at, (), 0.1) for _ in range(12)].count(choice.id) >= 1
        by_key.step(None, (), UNREAD_S)
        chosen = by_key.step(None, (Key(),), 0.1)
        while chosen == "" and by_key.lit != choice.id:
            by_key.step(None, (), 0.1)
        assert chosen or by_key.step(None, (Key(),), 0.1) == choice.id
        by_press.step(None, (), UNREAD_S)
        assert by_press.step(None, (Press(*at),), 0.1) == choice.id


@pytest.fixture(scope="module")
def graph():
    whole: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in DAYS.values():
        for at, done in crawled(Flow(each)).items():
            for what, to in done.items():
                whole[at][what] |= to
    return whole


def test_every_state_is_reached(graph):
    assert set(graph) | {"bye"} == STATES


def test_every_state_has_a_way_on_that_comes_to_the_end(graph):
    reaches = {"bye"}
    while True:
        more = {at for at, done in graph.items() if any(to & reaches for to in done.values())} - reaches
        if not more:
            break
        reaches |= more
    assert reaches == STATES


def test_every_choice_of_a_screen_does_something(graph):
    for at, done in graph.items():
        for what, to in done.items():
            # who looks on does the rest
            looked_on = ("comfort", "comfort_more", "who", "picture", "pain_after", "bye")
            stays = at in looked_on or what == "other_camera"
            assert stays or to - {at}, (at, what)


def test_stop_leads_to_the_end_or_to_where_it_can_be_ended(graph):
    for at, done in graph.items():
        if "STOP" in done:
            assert done["STOP"] <= {"bye", "stopped"}, at


def test_hazard_h12_nobody_takes_the_picture_of_somebody_else_while_another_is_free() -> None:
    def offered(*taken: str) -> list[str]:
        flow = Flow(Day(tuple(Player(f"p-{name}", picture=name) for name in taken)))
        flow.at = "picture"
        return [each.id for each in screen_of(flow).options if each.id != "back"]

    assert set(offered()) <= set(PICTURES)
    assert not {"boat", "bird"} & set(offered("boat", "bird"))
    assert offered(*PICTURES) == offered()


def asked(at: str, **more) -> Flow:
    """A flow that asks this question; everything before it was fine."""
    flow = Flow(day(**more))
    flow.chose("start", 0.0)
    for _ in range(30):
        if flow.at == at:
            return flow
        well(flow)
    raise AssertionError(f"{at} was not asked")


FINE = {"chair": "yes", "support": "yes", "shown": "go_on", "effort": "3"}
FINE |= {"rest": "go_on", "stopped": "go_on"}


def well(flow: Flow) -> None:
    """All is well where it is, and it goes on."""
    if flow.at == "room":
        flow.ended("completed", "calibrated", 0.0)
    elif flow.at == "play":
        flow.asks()
    else:
        flow.chose(FINE.get(flow.at) or ("0" if flow.at in ("soreness", "pain") else "no"), 0.0)


FLAGS = ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall")
BEFORE = {
    **{(flag, "yes"): "advice" for flag in FLAGS},
    **{(flag, "no"): "on" for flag in FLAGS},
    **{("pain", str(n)): "advice" if n >= 8 else "enough" if n >= 6 else "on" for n in STEPS},
    **{("soreness", str(n)): "advice" if n >= 8 else "on" for n in STEPS},
}


@pytest.mark.parametrize(("question", "option"), BEFORE)
def test_hazard_h11_every_answer_before_leads_where_safety_says(question: str, option: str) -> None:
    flow = asked(question)
    flow.chose(option, 1.0)
    came = flow.at if flow.at in ("advice", "enough") else "on"
    assert came == BEFORE[question, option]
    assert flow.at != question
    if came == "advice":
        assert flow.why
        assert flow.said[question].value == (1.0 if option == "yes" else float(option))


AFTER = {
    **{(effort, 0): "rest" for effort in EFFORTS},
    **{(3, pain): "advice" if pain >= 8 else "rest" for pain in STEPS},
}


@pytest.mark.parametrize(("effort", "pain"), AFTER)
def test_hazard_h11_every_answer_after_an_exercise_leads_where_safety_says(effort: int, pain: int) -> None:
    flow = asked("effort")
    flow.chose(str(effort), 1.0)
    assert flow.at == "pain_after"
    flow.chose(str(pain), 2.0)
    flow.ended("stopped" if effort >= 9 or pain >= 4 else "completed", "x", 3.0)
    assert flow.at == AFTER[effort, pain]
    if flow.at == "rest":
        assert flow.rest_s >= (120.0 if effort >= 7 else 60.0)


def after_first(effort: str, pain: str, at_s: float = 1.0) -> Flow:
    """The first exercise of two was done and felt like this, and its rest is over."""
    flow = asked("effort")
    flow.chose(effort, at_s)
    flow.chose(pain, at_s)
    flow.ended("completed", "dose", at_s, 5.0)
    assert flow.at == "rest"
    flow.chose("go_on", at_s + flow.rest_s)
    return flow


@pytest.mark.parametrize(
    ("effort", "pain", "asked_again"),
    [("3", "0", []), ("8", "0", []), ("3", "4", ["pain"]), ("3", "6", ["pain"]), ("10", "0", ["tired"]),
     ("10", "6", ["tired", "pain"])],
)  # fmt: skip
def test_what_ended_an_exercise_is_asked_again_before_the_next(effort, pain, asked_again) -> None:
    flow = after_first(effort, pain)
    screens = []
    while flow.at != "shown":
        screens.append(flow.at)
        flow.chose("0", 200.0)
    assert sorted(screens) == sorted(asked_again)
    assert flow.block == 1


@pytest.mark.parametrize(("effort", "pain"), [("3", "6"), ("10", "0")])
def test_whoever_still_hurts_or_is_tired_after_the_rest_has_done_enough(effort: str, pain: str) -> None:
    flow = after_first(effort, pain)
    flow.chose({"pain": "6", "tired": "10"}[flow.at], 200.0)
    assert (flow.at, flow.unwritten) == ("enough", True)


def test_a_pain_that_rose_is_held_against_the_first_of_the_day_and_not_of_the_program() -> None:
    flow = Flow(replace(day(), first_pain=1.0))
    flow.chose("start", 0.0)
    while flow.at != "pain":
        flow.chose("0" if flow.at == "soreness" else "no", 0.0)
    flow.chose("4", 0.0)
    assert (flow.at, flow.why) == ("enough", "pain_rise")


def test_the_next_session_hears_how_long_ago_it_was_said() -> None:
    flow = after_first("8", "0", at_s=10.0)
    told = {answer.what: (answer.value, answer.ago_s) for answer in flow.answers(140.0)}
    assert told["effort"] == (8.0, 130.0)
    assert told["fall"] == (0.0, 140.0)


def test_what_was_stopped_goes_on_with_what_is_left_of_it() -> None:
    flow = asked("effort")
    flow.at = "play"
    flow.ended("stopped", "key", 1.0, 3.5)
    assert (flow.at, flow.block, flow.day.blocks[0].minutes) == ("stopped", 0, 1.5)
    flow.chose("go_on", 2.0)
    assert (flow.at, flow.block) == ("shown", 0)
    flow.chose("go_on", 3.0)
    flow.ended("stopped", "key", 4.0, 1.0)
    flow.chose("go_on", 5.0)
    assert flow.block == 1


def test_hazard_h3_when_the_minutes_of_the_day_are_spent_nothing_more_is_begun() -> None:
    flow = Flow(replace(day(), spare_min=6.0))
    flow.chose("start", 0.0)
    flow.at = "play"
    flow.ended("completed", "time", 1.0, 5.5)
    assert (flow.at, flow.block) == ("summary", None)
    spent = Flow(replace(day(), spare_min=0.5))
    assert (spent.day.left, spent.day.again) == ((), ())
    assert "start" not in {option.id for option in screen_of(spent).options}


def test_an_answer_that_was_a_mistake_is_taken_back_and_asked_again() -> None:
    flow = asked("dizziness")
    flow.chose("yes", 1.0)
    assert flow.doubtful
    flow.chose("mistake", 2.0)
    assert flow.at == "dizziness"
    assert "dizziness" not in flow.said
    flow.chose("no", 3.0)
    assert flow.at == "fall"


def test_without_a_support_nothing_is_done_standing() -> None:
    flow = Flow(DAYS["standing"])
    flow.chose("start", 0.0)
    while flow.at != "support":
        flow.chose("0" if flow.at == "pain" else "no", 0.0)
    flow.chose("no", 0.0)
    assert flow.at == "chair"  # for the one that is done sitting
    flow.chose("yes", 0.0)
    assert (flow.at, flow.block) == ("shown", 0)
    flow.chose("skip", 0.0)
    assert (flow.at, flow.block) == ("summary", None)


def test_what_each_question_is_asks_for_an_answer_of_its_kind() -> None:
    assert {at: QUESTIONS[at] for at in FLAGS} == {flag: flag for flag in FLAGS}
    for flow in (asked("pain"), asked("soreness"), asked("effort"), asked("chest_pain")):
        options = [option.id for option in screen_of(flow).options]
        assert options == (["no", "yes"] if flow.at == "chest_pain" else sorted(options, key=int))
