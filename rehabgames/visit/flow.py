"""Flow: which screen comes after which, from home to the summary.

Two of its states are no screens but sessions that run: "room" and "play". Everything is decided here by what
was chosen and by the stop rules (SAFETY), and nothing is painted, timed or written down.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from rehabgames.core.document import StopStatus
from rehabgames.core.inputs import Answer, Question
from rehabgames.core.player import Player
from rehabgames.safety import State, StopRules
from rehabgames.safety.stop_rules import EFFORT_REST_S
from rehabgames.visit.day import LEAST_MIN, Day

At = Literal[
    "who",
    "affected",
    "points",
    "posture",
    "picture",
    "camera",
    "home",
    "comfort",
    "comfort_more",
    "chest_pain",
    "new_weakness",
    "speech_or_vision",
    "dizziness",
    "fall",
    "soreness",
    "pain",
    "chair",
    "support",
    "room",
    "shown",
    "play",
    "effort",
    "pain_after",
    "rest",
    "tired",
    "advice",
    "enough",
    "stopped",
    "trouble",
    "summary",
    "bye",
]
LONGEST_REST_S: Final = 600.0
# where somebody is asked who is here for the first time
NEWCOMERS: Final[frozenset[At]] = frozenset({"affected", "points", "posture", "camera", "picture"})
SESSIONS: Final[frozenset[At]] = frozenset({"room", "play"})
FLAGS: Final[tuple[At, ...]] = ("chest_pain", "new_weakness", "speech_or_vision", "dizziness", "fall")
QUESTIONS: Final[dict[At, Question]] = {
    "chest_pain": "chest_pain",
    "new_weakness": "new_weakness",
    "speech_or_vision": "speech_or_vision",
    "dizziness": "dizziness",
    "fall": "fall",
    "soreness": "soreness",
    "pain": "pain",
    "support": "support",
    "effort": "effort",
    "pain_after": "pain",
    "tired": "effort",
}
# from here nothing of the day has begun
OUTSIDE: Final[frozenset[At]] = NEWCOMERS | {"who", "home", "comfort", "comfort_more", "bye"}
# what has to be fine before an exercise begins
CHECKS: Final[frozenset[At]] = frozenset({*FLAGS, "soreness", "pain", "tired", "chair", "support"})
# what is asked again before the next exercise, where the answer after the last one ended that
AGAIN: Final[dict[str, At]] = {"pain": "pain", "effort": "tired"}
# where a choice leads that decides nothing else; what is not here stays where it is
LEADS: Final[dict[tuple[At, str], At]] = {
    ("who", "new"): "affected",
    ("affected", "left"): "points",
    ("affected", "both"): "points",
    ("affected", "right"): "points",
    ("points", "left"): "posture",
    ("points", "right"): "posture",
    ("points", "back"): "affected",
    ("posture", "sitting"): "camera",
    ("posture", "standing"): "camera",
    ("posture", "back"): "points",
    ("camera", "yes"): "picture",
    ("camera", "other_camera"): "camera",
    ("camera", "back"): "posture",
    ("picture", "back"): "camera",
    ("home", "comfort"): "comfort",
    ("home", "who"): "who",
    ("home", "close"): "bye",
    ("comfort", "others"): "comfort_more",
    ("comfort", "back"): "home",
    ("comfort_more", "back"): "comfort",
    ("chair", "back"): "home",
    ("support", "back"): "home",
    ("shown", "who"): "who",
    ("trouble", "who"): "who",
    ("rest", "finish"): "summary",
    ("advice", "finish"): "bye",
    ("enough", "finish"): "summary",
    ("stopped", "finish"): "summary",
    ("summary", "finish"): "bye",
}
ANEW: Final[frozenset[tuple[At, str]]] = frozenset({("rest", "go_on"), ("stopped", "go_on")})


class Flow:
    """Told what was chosen, and how a session ended.

    at       where it is; block: number of the exercise that is on, or comes next; None after the last one
    said     the newest answer to each question since home
    told     what was chosen when somebody began for the first time, by where it was
    why      code of the stop rule that ended something, "" for none
    unwritten  an answer ended the day before anything began, and no session has written it down
    trouble  code of what does not work, "" while all does; see visit.troubles
    rest_s   how long the rest is before the next exercise
    hears    the word that means STOP can be listened for here
    """

    def __init__(self, day: Day, *, hears: bool = False) -> None:
        self.hears = hears
        self.told: dict[At, str] = {}
        self.begin(day)

    def begin(self, day: Day) -> None:
        """With what is known of the day, as soon as it is known whose it is. What was said before is
        forgotten: it may have been somebody else."""
        self.day, self._left = day, list(day.left)
        self._heard: list[tuple[Answer, float]] = []  # since home, and when
        self._ahead: list[At] = []
        self._doubted: At | None = None  # the question whose answer led to advice, while it can be taken back
        self._troubled_at: At = "bye"
        self.why = self.trouble = ""
        self.unwritten = self._played = False
        self.rules, self.rest_s = StopRules(day.limits, day.first_pain), day.limits.rest_s
        self.at: At = "home" if day.player is not None else "who" if day.players else "affected"

    def suits(self, player: Player) -> None:
        """What suits whoever plays is another from now on."""
        self.day = replace(self.day, player=player)

    @property
    def block(self) -> int | None:
        return self._left[0] if self._left else None

    @property
    def said(self) -> dict[Question, Answer]:
        return {answer.what: answer for answer, _ in self._heard}

    def answers(self, now_s: float) -> tuple[Answer, ...]:
        """What the next session is to hear: the newest answer to each question."""
        newest = {answer.what: (answer, at_s) for answer, at_s in self._heard}
        return tuple(replace(answer, ago_s=max(0.0, now_s - at_s)) for answer, at_s in newest.values())

    @property
    def in_session(self) -> bool:
        """A session runs here, and no screen is shown."""
        return self.at in SESSIONS

    @property
    def doubtful(self) -> bool:
        """The answer that led to advice can still be taken back: nothing was written down."""
        return self._doubted is not None

    def stop(self) -> None:
        """STOP on a screen. What a session does with it is the session's."""
        over = self.at in ("advice", "summary", "stopped", "trouble")
        if self.at in CHECKS:
            self._ahead.insert(0, self.at)  # whoever goes on is asked all the same
        self.trouble = ""
        self.at = "bye" if self.at in OUTSIDE or over else "stopped"

    def fails(self, trouble: str) -> None:
        """Something does not work, and nothing else is done until it does, or is left."""
        if self.at != "trouble":
            self._troubled_at = self.at
        self.at, self.trouble = "trouble", trouble

    def mends(self) -> None:
        """It works again, or is to be tried: on from where it was."""
        if self.at == "trouble":
            self.at, self.trouble = self._troubled_at, ""

    def chose(self, option: str, now_s: float) -> None:
        """What follows from what was chosen where it is."""
        here = (self.at, option)
        if self.at in QUESTIONS and here not in LEADS:
            self._answered(option, now_s)
        elif here == ("home", "start"):
            self._left = list(self.day.left or self.day.again)
            self._ahead = self._before()
            self._go_on()
        elif self.at == "trouble" and here not in LEADS:
            self._troubled(option)
        elif here == ("chair", "yes"):
            self._go_on()
        elif here in ANEW:
            self.rules.begin_exercise()
            asked = [AGAIN[what] for what in self.rules.again() if what in AGAIN]
            self._ahead = [*(at for at in asked if at not in self._ahead), *self._ahead]
            self._go_on()
        elif self.at == "shown" and here not in LEADS:
            self._shown(option)
        elif here == ("advice", "mistake"):
            self._take_back()
        else:
            self.told[self.at] = option
            self.at, self.trouble = LEADS.get(here, self.at), ""

    def _troubled(self, option: str) -> None:
        """What was practised is summed up also where the rest of the day cannot be done."""
        if option == "finish":
            done = self._played and self._troubled_at not in OUTSIDE
            self.at, self.trouble = "summary" if done else "bye", ""
        else:
            self.mends()

    def asks(self) -> None:
        """The exercise is over, and how it was is asked before its session is closed."""
        self.at = "effort"

    def ended(self, status: StopStatus, reason: str, now_s: float, minutes: float = 0.0) -> None:
        """The session that ran has ended. minutes: of play that it had."""
        if self.at == "room":
            if status == "completed":
                self._go_on()
            else:
                self._ahead.insert(0, "room")  # nothing is played in a room that was not checked
                self.why, self.at = reason, "stopped"
            return
        self._spend(minutes)
        self._played = True
        standing = self.rules.standing(now_s)
        stopped = status != "completed" and standing.state < State.END_EXERCISE
        if self._left and not (stopped and self._shortened(minutes)):
            self._left.pop(0)
        if self.day.spare_min < LEAST_MIN:
            self._left = []  # the cap of the day
        self.rest_s = max(
            self.day.limits.rest_s, min(LONGEST_REST_S, standing.rest_s), self._after_effort_s()
        )
        if standing.state >= State.END_SESSION:
            self.why, self.at = standing.code, "advice"
        elif stopped:
            self.why, self.at = reason, "stopped"
        else:
            self.at = "rest" if self._left else "summary"

    def _spend(self, minutes: float) -> None:
        self.day = replace(self.day, spare_min=self.day.spare_min - max(0.0, minutes))

    def _shortened(self, minutes: float) -> bool:
        """What is left of the exercise that was stopped is what comes next, where that is worth beginning."""
        number = self._left[0]
        block = self.day.blocks[number]
        left = replace(block, minutes=block.minutes - max(0.0, minutes))
        blocks = (*self.day.blocks[:number], left, *self.day.blocks[number + 1 :])
        self.day = replace(self.day, blocks=blocks)
        return left.minutes >= LEAST_MIN

    def _after_effort_s(self) -> float:
        """SAFETY: much effort asks for two minutes, also where it ended the exercise."""
        effort = self.said.get("effort")
        much = effort is not None and effort.value >= self.day.limits.effort_rest
        return EFFORT_REST_S if much else 0.0

    def _before(self) -> list[At]:
        """What comes between home and the first exercise."""
        steady: list[At] = ["support"] if self.day.stands else []
        steady += ["chair"] if self.day.sits else []
        sore: list[At] = ["soreness"] if self.day.sore else []
        room: list[At] = [] if self.day.checked else ["room"]
        return [*FLAGS, *sore, "pain", *steady, *room]

    def _go_on(self) -> None:
        if self._ahead:
            self.at = self._ahead.pop(0)
        else:
            self.at = "shown" if self._left else "summary"

    def _shown(self, option: str) -> None:
        if option == "skip":
            self._left.pop(0)
            self._go_on()
        else:
            self.at = "play"
            self.rules.begin_exercise()

    def _answered(self, option: str, now_s: float) -> None:
        """SAFETY, stop rules: each answer leads to what it asks for."""
        at, question = self.at, QUESTIONS[self.at]
        value = {"yes": 1.0, "no": 0.0}.get(option)
        answer = Answer(question, float(option) if value is None else value)
        self._heard.append((answer, now_s))
        ruling = self.rules.hear(answer, now_s)
        if at == "effort":
            self.at = "pain_after"
        elif at == "pain_after":
            return  # the session hears it, too, and closes
        elif ruling.state >= State.END_SESSION:
            self._doubted, self.why, self.at = at, ruling.code, "advice"
            self.unwritten = True
        elif ruling.state == State.END_EXERCISE:
            self.why, self.at = ruling.code, "enough"
            self.unwritten = True
        else:
            if answer == Answer("support", 0.0):  # the seated exercises are what is left
                self._left = [i for i in self._left if self.day.blocks[i].posture != "standing"]
            self._go_on()

    def settle(self) -> None:
        """The answer that led to advice was meant: it is written down, and cannot be taken back."""
        self._doubted, self.unwritten = None, False

    def _take_back(self) -> None:
        """The answer was a mistake: it is asked again, and the rules know what was said besides."""
        if self._doubted is None:
            return
        self.at, self._doubted, self.why = self._doubted, None, ""
        self.unwritten = False
        self._heard.pop()
        self.rules = StopRules(self.day.limits, self.day.first_pain)
        for answer, at_s in self._heard:
            self.rules.hear(answer, at_s)
