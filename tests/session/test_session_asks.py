"""A session that asks how it was when the play is over, and what it knows of the session before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playing import Run, setup

from rehabgames.core.inputs import Answer, Recorded, Stop

ASKED = replace(setup(minutes=0.1), asks=("effort", "pain"))
WAITS_S = 3.0


def asked_since(run: Run) -> float:
    """When the play was over; the first view in which something is still to be answered, s."""
    return next(t_s for t_s, asks in run.asked if asks)


class Asked(Run):
    """Answers with these after WAITS_S of being asked, one after the other."""

    def __init__(self, answers, **more) -> None:
        super().__init__(ASKED, **more)
        self.asked: list[tuple[float, tuple[str, ...]]] = []
        self.answers = list(answers)
        self.say = self.answer

    def answer(self, now_s, view):
        asks = self.session.asks
        self.asked.append((now_s, asks))
        if not asks or now_s - asked_since(self) < WAITS_S or not self.answers:
            return []
        return [self.answers.pop(0)]


def test_it_is_closed_when_all_is_answered_and_no_sooner():
    run = Asked([Answer("effort", 3.0), Answer("pain", 1.0)]).until(90.0)
    over_s = asked_since(run)
    assert next(asks for _, asks in run.asked if asks) == ("effort", "pain")
    assert run.session.closed == "completed"
    (stop,) = run.of("stop")
    assert stop.t_s >= over_s + WAITS_S
    told = [(each.body["what"], each.body["value"]) for each in run.events("answer")]
    assert told == [("effort", 3.0), ("pain", 1.0)]
    judged = [each.t_s for each in run.of("trial")]
    assert judged
    assert max(judged) <= over_s + 0.1  # nothing is played while it is asked


def test_what_was_said_before_is_asked_again():
    before = replace(ASKED, said=(Answer("pain", 2.0),))
    run = Asked([Answer("effort", 3.0)])
    run.setup = before
    run.until(60.0)
    assert run.session.closed is None
    assert run.session.asks == ("pain",)


@pytest.mark.parametrize(
    ("answers", "closed"),
    [
        ([Answer("effort", 3.0), Answer("pain", 9.0)], ("stopped", "pain_stop")),
        ([Answer("effort", 9.5)], ("stopped", "effort_end")),
        ([Stop("key")], ("stopped", "key")),
        ([Stop("voice")], ("stopped", "voice")),
    ],
)
def test_an_answer_that_ends_it_and_stop_are_obeyed_at_once(answers, closed):
    run = Asked(answers).until(90.0)
    assert (run.session.closed, run.session.reason) == closed


def test_what_another_session_wrote_confirms_no_try_of_this_one():
    plain = replace(setup(minutes=0.3), session_id="this")
    foreign = Run(plain, ack=False, say=lambda t_s, view: [Recorded(10**6, "another")]).until(60.0)
    own = Run(plain, ack=False, say=lambda t_s, view: [Recorded(10**6, "this")]).until(60.0)
    assert own.session.successes > 0
    assert foreign.session.successes == 0


def test_who_is_known_from_the_session_before_is_not_asked_again():
    asks = replace(setup(minutes=0.1), confirms=True)
    guides = {
        known: {view.guide.name for view in Run(replace(asks, known=known)).until(8.0).views if view.guide}
        for known in (False, True)
    }
    assert "raise_hand" in guides[False]
    assert "raise_hand" not in guides[True]
