"""`rehabgames bench`: what this machine makes of parts of the program, or of all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from rehabgames.cli.output import must_be_writable, write_json
from rehabgames.cli.playing import JsonFile

What = Annotated[
    str,
    typer.Argument(
        help="measures: all signals and measures of 1, 10 and 100 minutes. "
        "adapter: how near adaptation rules keep players to the success that is wanted. "
        "stage: how long a step and the painting of each scene and screen take beside a tracker at work. "
        "tracking: how many pictures the whole game tracks, against MediaPipe alone. "
        "latency: from a camera's picture to the screen, and how late the hand is seen. "
        "start: from the start of the program to the home screen, and to the first tracked picture. "
        "soak: whether memory and open files stay as they are, over hours."
    ),
]


def bench(
    what: What,
    patients: Annotated[
        int, typer.Option(min=10, max=100_000, help="adapter: simulated players a scenario.")
    ] = 200,
    movement: Annotated[
        int,
        typer.Option(min=0, max=1000, help="adapter: virtual patients a kind who play real sessions."),
    ] = 1,
    drawn: Annotated[
        int,
        typer.Option(min=0, max=100, help="adapter: as many more through the camera; minutes for each."),
    ] = 0,
    plot: Annotated[Path | None, typer.Option(help="adapter: a picture of the table, PNG.")] = None,
    exercise: Annotated[str | None, typer.Option(help="stage: this one alone.")] = None,
    rounds: Annotated[
        int, typer.Option(min=1, max=100, help="tracking, latency, start: how often each runs.")
    ] = 3,
    minutes: Annotated[float, typer.Option(min=0.2, max=1440, help="soak: how long it plays.")] = 60.0,
    json_file: JsonFile = None,
) -> None:
    """Time or compare parts of the program on this machine."""
    must_be_writable(json_file)
    must_be_writable(plot)
    live: dict[str, Callable[[], dict[str, Any]]] = {
        "stage": lambda: _stage(exercise),
        "tracking": lambda: _tracking(rounds),
        "latency": lambda: _latency(rounds),
        "soak": lambda: _soak(minutes),
        "start": lambda: _start(rounds),
    }
    if what in live:
        write_json(json_file, live[what]())
        return
    from rehabgames.app.bench import Amount
    from rehabgames.app.bench import bench as run
    from rehabgames.app.telling import Bar, pairs

    with Bar() as bar:
        told = run(what, Amount(patients, movement, drawn), plot, bar)
    write_json(json_file, told.numbers)
    for line in told.lines:
        typer.echo(line)
    pairs(told.pairs)


def _stage(exercise: str | None) -> dict[str, Any]:
    from rehabgames.app.repertoire import library
    from rehabgames.app.telling import Bar, tell_stage
    from rehabgames.testing.stage_bench import bench_screens, bench_stage

    names = [each.id for each in library().exercises()] if exercise is None else [exercise]
    with Bar() as bar:
        rows = [timed.as_json() for timed in bench_stage(names, progress=bar)]
        if exercise is None:
            rows += [timed.as_json() for timed in bench_screens(progress=bar)]
    tell_stage(rows)
    return {"stage": rows}


def _tracking(rounds: int) -> dict[str, Any]:
    from rehabgames.app.telling import Bar, say, tell_loops
    from rehabgames.testing.pipeline_bench import bench_hands, bench_pipeline

    with Bar() as bar:
        found = [bench_pipeline(fps, rounds=rounds, progress=bar).as_json() for fps in (None, 30.0)]
        hands = bench_hands(rounds=rounds, progress=bar)
    for each in found:
        tell_loops(each)
    say(
        "Body and hands: {game_fps:.1f}/s in the game; alone, side by side, {bare_fps:.1f}/s and "
        "{hands_fps:.1f}/s; of the slower: {tracked_to_slower:.2f}".format(**hands)
    )
    return {"tracking": found, "hands": hands}


def _latency(rounds: int) -> dict[str, Any]:
    from rehabgames.app.telling import Bar, tell_lag, tell_loops
    from rehabgames.testing.lag_bench import bench_lag
    from rehabgames.testing.pipeline_bench import bench_pipeline

    with Bar() as bar:
        loops = bench_pipeline(30.0, rounds=rounds, progress=bar).as_json()
        lag = bench_lag(loops["game"]["flip_p50_ms"], progress=bar).as_json()
    tell_loops(loops)
    tell_lag(lag)
    return {"loops": loops, "lag": lag}


def _start(rounds: int) -> dict[str, Any]:
    from rehabgames.app.telling import Bar, pairs
    from rehabgames.testing.start_bench import bench_start

    with Bar() as bar:
        found = bench_start(rounds, progress=bar).as_json()
    pairs(tuple(found.items()))
    return {"start": found}


def _soak(minutes: float) -> dict[str, Any]:
    from rehabgames.app.telling import Bar, pairs
    from rehabgames.testing.soak_bench import bench_soak

    with Bar() as bar:
        found = bench_soak(minutes, progress=bar).as_json()
    pairs(tuple(found.items()))
    return {"soak": found}
