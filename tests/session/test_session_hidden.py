"""A window that cannot be seen: nothing goes on behind it."""

from playing import Run, setup

from rehabgames.core.inputs import Hidden, Input
from rehabgames.core.view import View


def test_it_pauses_while_the_window_is_hidden_and_goes_on_when_it_is_back() -> None:
    begun: list[float] = []

    def say(t_s: float, view: View | None) -> list[Input]:
        if not begun and view is not None and view.count >= 1:
            begun.append(t_s)
            return [Hidden(yes=True)]
        return [Hidden(yes=False)] if begun and abs(t_s - begun[0] - 2.0) < 0.009 else []

    run = Run(setup(minutes=0.5), say=say).until()
    reasons = [(d.body["name"], d.body.get("reason")) for d in run.of("event")]
    assert ("pause", "hidden") in reasons
    assert ("resume", "hidden") in reasons
    hidden = [v for v in run.views if begun[0] + 0.1 < v.t_s < begun[0] + 1.9]
    assert {v.phase for v in hidden} == {"paused"}
    judged = [d for d in run.of("trial") if begun[0] + 0.1 < d.t_s < begun[0] + 1.9]
    assert not judged
    assert run.session.closed == "completed"
