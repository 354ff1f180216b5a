"""How fast: Synergy beside what Node's `ws` and the Channels tutorial do, on the same machine in one run.

    ./dev bench            about ten minutes
    ./dev bench --quick    about three
    ./dev bench --only notes    people who write notes together, and nothing else
    ./dev bench --only wall     five hundred people at one wall, and nothing else

A delivery is one event received by one member, and checked to be the next in order. Deliveries are
counted per second of CPU of the server's own processes, so the load generator beside it costs nothing.
Ends with 1 when a figure that is to be reached was missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.bench import measure, report
from tests.bench.contenders import CONTENDERS, Contender, Synergy
from tests.bench.measure import Result
from tests.bench.notes import typing_in_notes
from tests.bench.servers import ROOT
from tests.bench.wall import PEOPLE, changing_a_wall

IN_FLIGHT = (1, 4, 16, 64)
MEMBERS = 200
WRITERS = 64
MISSED = 1_000
IDLE = 500
NOTES, WALL = "notes", "wall"
CASES = {NOTES, WALL}


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    load = psutil.getloadavg()[0]
    with ExitStack() as stack:
        running: dict[str, Contender] = {}
        for kind in CONTENDERS:
            if not _is_wanted(kind, options):
                continue
            _tell(f"starting {kind.title} …")
            running[kind.name] = stack.enter_context(kind(options.members))
        results = {name: Result(contender.title) for name, contender in running.items()}
        if not _is_cases_alone(options):
            _measure_all(running, results, options)
        if not options.only or NOTES in options.only:
            _measure_notes(running, results, options)
        if not options.only or WALL in options.only:
            _measure_wall(running, results, options)
    targets = report.targets(results)
    table = "" if _is_cases_alone(options) else report.table(results)
    cases = [report.notes_table(results), report.wall_table(results)]
    parts = [table, *cases, report.target_lines(targets), report.busy_note(load)]
    print(*filter(None, parts), sep="\n\n")
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(
        json.dumps(
            report.document(results, members=options.members, seconds=options.seconds, load=load), indent=1
        )
    )
    _tell(f"all figures are in {options.json}")
    return 0 if all(target.reached for target in targets) else 1


def _is_wanted(kind: type[Contender], options: argparse.Namespace) -> bool:
    return not options.only or kind.name in options.only or (_is_cases_alone(options) and kind.is_synergy)


def _is_cases_alone(options: argparse.Namespace) -> bool:
    """Whether no contender was named, only what all of Synergy is to do."""
    return bool(options.only) and set(options.only) <= CASES


def _measure_notes(
    running: dict[str, Contender], results: dict[str, Result], options: argparse.Namespace
) -> None:
    for name, contender in running.items():
        if isinstance(contender, Synergy):
            _tell(f"{contender.title}: people write notes together")
            results[name].notes = typing_in_notes(contender, options.seconds * 2, options.updates)


def _measure_wall(
    running: dict[str, Contender], results: dict[str, Result], options: argparse.Namespace
) -> None:
    for name, contender in running.items():
        if isinstance(contender, Synergy):
            _tell(f"{contender.title}: people at a wall")
            results[name].wall = changing_a_wall(contender, options.seconds * 7, options.people)


def _measure_all(
    running: dict[str, Contender], results: dict[str, Result], options: argparse.Namespace
) -> None:
    """The contenders take turns, so that what else the machine does hits all of them alike."""
    pairs = [(running[name], results[name]) for name in running]
    # First, while nothing that a flood left behind can be used again.
    for contender, result in pairs:
        _tell(f"{contender.title}: idle connections")
        measure.idle_connections(contender, result, options.idle)
    for contender, _ in pairs:
        measure.flood(contender, Result("warm-up"), 4, 0.5)
    for turn in range(options.rounds):
        for in_flight in IN_FLIGHT:
            for contender, result in pairs:
                _tell(f"round {turn + 1} of {options.rounds}: {contender.title}, {in_flight} in flight")
                measure.flood(contender, result, in_flight, options.seconds)
    for contender, result in pairs:
        _tell(f"{contender.title}: half load, writers, catching up, history")
        measure.half_load(contender, result, 16, options.seconds * 2)
        if contender.is_durable:
            measure.durable_messages(contender, result, WRITERS, options.seconds)
        if isinstance(contender, Synergy):
            measure.catch_up(contender, result, options.members, MISSED)
            measure.history_page(contender, result, options.history)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__.splitlines()[0])
    names = [*[kind.name for kind in CONTENDERS], *sorted(CASES)]
    parser.add_argument("--quick", action="store_true", help="one short round and a smaller history")
    parser.add_argument("--only", action="append", choices=names, help="measure this one (may be repeated)")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="length of one flood")
    parser.add_argument("--members", type=int, default=MEMBERS, help="people in the room, up to 200")
    parser.add_argument("--idle", type=int, default=IDLE, help="connections whose memory is measured")
    parser.add_argument("--history", type=int, help="messages in the room with the long history")
    parser.add_argument("--updates", type=int, help="updates of notes, sent as fast as they are saved")
    parser.add_argument("--people", type=int, default=PEOPLE, help="people at the wall")
    parser.add_argument("--json", type=Path, default=ROOT / ".synergy" / "bench.json")
    options = parser.parse_args(arguments)
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.seconds = options.seconds or (1.0 if options.quick else 3.0)
    options.history = options.history or (100_000 if options.quick else 1_000_000)
    options.updates = options.updates or (500 if options.quick else 3_000)
    return options


_began = time.monotonic()


def _tell(what: str) -> None:
    print(f"[{time.monotonic() - _began:4.0f} s] {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
