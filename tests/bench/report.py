"""The table that is printed, the figures to reach, and the JSON that is kept."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import psutil

from tests.bench.measure import Result
from tests.bench.wall import WallFigures


@dataclass(frozen=True)
class Target:
    """A figure to reach. `measured` is None when one of its contenders did not run."""

    name: str
    wanted: str
    measured: float | None
    reached: bool | None


def targets(results: Mapping[str, Result]) -> list[Target]:
    small, large = results.get("small"), results.get("large")
    found = []
    for name, contender in (("small", small), ("large", large)):
        found.append(
            _at_least(
                f"{name}: deliveries per CPU-second, × textbook",
                8,
                _ratio(contender, results.get("textbook")),
            )
        )
        found.append(
            _at_least(
                f"{name}: deliveries per CPU-second, × raw ws", 0.4, _ratio(contender, results.get("ws"))
            )
        )
    found.append(_at_least("small: durable messages a second", 2_000, small and small.durable_per_second))
    for name, contender in (("small", small), ("large", large)):
        found.append(
            _at_most(
                f"{name}: catch-up, seconds",
                5,
                contender and contender.catch_up and contender.catch_up["seconds"],
            )
        )
        found.append(_at_most(f"{name}: KB per idle connection", 60, contender and contender.idle_kb))
        found.append(
            _at_most(
                f"{name}: history page, × small room",
                1.5,
                contender and contender.history and contender.history["ratio"],
            )
        )
        found += _wall_targets(name, contender and contender.wall)
    return [target for target in found if target.measured is not None]


def _wall_targets(name: str, wall: WallFigures | None) -> list[Target]:
    return [
        _at_most(
            f"{name}: a change of the wall is with all 500, p99 in ms", 500, wall and wall.all_ms["p99_ms"]
        ),
        _at_most(
            f"{name}: … on a screen, p99 in ms", 500, wall and wall.screen_ms and wall.screen_ms["p99_ms"]
        ),
        _at_most(f"{name}: … CPU of a delivery, × room", 1.5, wall and wall.ratio),
        _at_most(f"{name}: … longest task of the page, ms", 100, wall and wall.longest_task_ms),
    ]


def _ratio(one: Result | None, other: Result | None) -> float | None:
    if not one or not other:
        return None
    return one.floods[16].per_cpu_second / other.floods[16].per_cpu_second


def _at_least(name: str, wanted: float, measured: float | None) -> Target:
    return Target(name, f"≥ {wanted:g}", measured, measured is not None and measured >= wanted)


def _at_most(name: str, wanted: float, measured: float | None) -> Target:
    return Target(name, f"≤ {wanted:g}", measured, measured is not None and measured <= wanted)


def table(results: Mapping[str, Result]) -> str:
    """A Markdown table: a row per figure, a column per contender."""
    some = list(results.values())
    in_flight = list(some[0].floods) if some else []
    rows = [
        *[
            (
                f"deliveries per CPU-second, {n} in flight",
                [f"{r.floods[n].per_cpu_second:,.0f}" for r in some],
            )
            for n in in_flight
        ],
        (
            "… with database and Redis, 16 in flight",
            [f"{r.floods[16].per_cpu_second_of_all:,.0f}" for r in some],
        ),
        ("messages a second to everybody, 1 / 16 / 64", [_rates(r) for r in some]),
        ("events in a frame, 1 / 16 / 64", [_batches(r) for r in some]),
        ("p50 / p99 at half load, ms", [_delays(r) for r in some]),
        ("at half load: messages a second", [_half_rate(r) for r in some]),
        ("KB per idle connection", [_figure(r.idle_kb, ".1f") for r in some]),
        ("durable messages a second, 64 writers", [_figure(r.durable_per_second, ",.0f") for r in some]),
        ("… per CPU-second", [_figure(r.durable_per_cpu_second, ",.0f") for r in some]),
        ("… while everybody hears them", [_figure(r.heard_per_second, ",.0f") for r in some]),
        ("everybody comes back, 1,000 missed each, s", [_catch_up(r, "seconds") for r in some]),
        ("… CPU-seconds for it", [_catch_up(r, "cpu") for r in some]),
        ("history page, much / little said, ms", [_history(r) for r in some]),
        ("doubled, missing or out of order", [_faults(r) for r in some]),
    ]
    return _markdown(["", *[result.title for result in some]], rows)


def wall_table(results: Mapping[str, Result]) -> str:
    """The same for people at one wall; empty when nobody was there."""
    some = [(result.title, result.wall) for result in results.values() if result.wall]
    if not some:
        return ""
    figures = [wall for _title, wall in some]
    rows = [
        ("changes / deliveries", [f"{f.changes:,} / {f.deliveries:,}" for f in figures]),
        ("… p50 / p99 to each, ms", [_both(f.each_ms) for f in figures]),
        ("… to the last of all", [_both(f.all_ms) for f in figures]),
        ("… on a screen", [_both(f.screen_ms) if f.screen_ms else "–" for f in figures]),
        ("longest task of the page, ms", [_figure(f.longest_task_ms, ".0f") for f in figures]),
        (
            "CPU of a delivery, wall / room, µs",
            [f"{f.cpu_per_delivery_us:.1f} / {f.room_cpu_per_delivery_us:.1f}" for f in figures],
        ),
        ("all open the wall at once, s", [f"{f.open_seconds:.1f}" for f in figures]),
        (
            "fresh state, KB / gzip",
            [f"{f.state_bytes / 1024:,.0f} / {f.state_gzip_bytes / 1024:,.0f}" for f in figures],
        ),
        ("… over HTTP, ms", [f"{f.state_ms:.0f}" for f in figures]),
        ("event with its frame, bytes", [f"{f.event_bytes:,.0f}" for f in figures]),
        (
            "doubled, missing or out of order",
            [str(f.faults) + ("" if f.complete else ", incomplete") for f in figures],
        ),
    ]
    head = f"{figures[0].people} people at a wall with {figures[0].topics} topics"
    return _markdown([head, *[title for title, _wall in some]], rows)


def _both(figures: Mapping[str, float]) -> str:
    return f"{figures['p50_ms']:.1f} / {figures['p99_ms']:.1f}"


def _rates(result: Result) -> str:
    return " / ".join(
        f"{result.floods[n].messages_per_second:,.0f}" for n in (1, 16, 64) if n in result.floods
    )


def _batches(result: Result) -> str:
    return " / ".join(f"{result.floods[n].events_per_frame:.1f}" for n in (1, 16, 64) if n in result.floods)


def _delays(result: Result) -> str:
    return f"{result.half_load['p50_ms']:.1f} / {result.half_load['p99_ms']:.1f}" if result.half_load else "–"


def _half_rate(result: Result) -> str:
    return f"{result.half_load['rate']:,.0f}" if result.half_load else "–"


def _catch_up(result: Result, name: str) -> str:
    return f"{result.catch_up[name]:.2f}" if result.catch_up else "–"


def _history(result: Result) -> str:
    return f"{result.history['newest_ms']:.1f} / {result.history['little_ms']:.1f}" if result.history else "–"


def _faults(result: Result) -> str:
    return str(sum(sum(flood.faults.values()) for flood in result.floods.values()))


def _figure(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _markdown(head: list[str], rows: Iterable[tuple[str, list[str]]]) -> str:
    lines = [head, *[[name, *cells] for name, cells in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    written = [
        "| "
        + " | ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        + " |"
        for line in lines
    ]
    rule = (
        "|"
        + "|".join("-" * (width + 1) + ("-" if column == 0 else ":") for column, width in enumerate(widths))
        + "|"
    )
    return "\n".join([written[0], rule, *written[1:]])


def notes_table(results: Mapping[str, Result]) -> str:
    """The same for people who write notes together; empty when nobody did."""
    some = [(result.title, result.notes) for result in results.values() if result.notes]
    if not some:
        return ""
    figures = [notes for _title, notes in some]
    rows = [
        ("typing: updates a second", [f"{f.typing.updates_per_second:,.0f}" for f in figures]),
        ("… deliveries", [f"{f.typing.deliveries:,}" for f in figures]),
        ("… p50 / p99, ms", [f"{f.typing.p50_ms:.1f} / {f.typing.p99_ms:.1f}" for f in figures]),
        ("flat out: updates a second", [f"{f.flat_out.updates_per_second:,.0f}" for f in figures]),
        ("… per CPU-second", [f"{f.flat_out.updates_per_cpu_second:,.0f}" for f in figures]),
        ("… p50 / p99, ms", [f"{f.flat_out.p50_ms:.1f} / {f.flat_out.p99_ms:.1f}" for f in figures]),
        (
            "log after so many updates: KB written / kept",
            [f"{f.updates:,}: {f.written_bytes / 1024:,.0f} / {f.log_bytes / 1024:,.0f}" for f in figures],
        ),
        ("document, KB", [f"{f.document_bytes / 1024:,.0f}" for f in figures]),
    ]
    head = f"{figures[0].people} people in one set of notes"
    return _markdown([head, *[title for title, _notes in some]], rows)


def busy_note(load: float) -> str:
    """What a reader of the table has to know about the machine. `load` is its average before the run."""
    if load < 0.5:
        return ""
    return (
        f"The machine was busy with other things (load {load:.1f}): figures per second of the clock, "
        "and delays, are worse than on a free one. Compare columns rather than runs."
    )


def target_lines(some: Iterable[Target]) -> str:
    return "\n".join(
        f"{'reached ' if target.reached else 'MISSED  '} {target.name}: {target.measured:,.2f} (wanted {target.wanted})"
        for target in some
    )


def document(results: Mapping[str, Result], *, members: int, seconds: float, load: float) -> dict[str, Any]:
    """Everything measured, for a program."""
    return {
        "machine": machine(),
        "load_before": load,
        "members": members,
        "message_bytes": 160,
        "seconds_per_flood": seconds,
        "contenders": {name: _with_ratios(result) for name, result in results.items()},
        "targets": [asdict(target) for target in targets(results)],
    }


def _with_ratios(result: Result) -> dict[str, Any]:
    kept = asdict(result)
    for in_flight, flood in result.floods.items():
        kept["floods"][in_flight] |= {
            "deliveries_per_cpu_second": flood.per_cpu_second,
            "deliveries_per_cpu_second_of_all": flood.per_cpu_second_of_all,
            "messages_per_second": flood.messages_per_second,
            "events_per_frame": flood.events_per_frame,
            "client_share": flood.client_share,
        }
    return kept


def machine() -> dict[str, Any]:
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {
        "cores": psutil.cpu_count(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "node": node,
    }
