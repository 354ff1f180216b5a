"""Five hundred people at one wall with 415 topics: they go and place ten times a second, and all see it.

Beside the same people in one room who hear ten messages a second, and on one screen in a real browser.
"""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import time
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Page, async_playwright

from tests.bench.contenders import Synergy, python
from tests.bench.generator import Generator
from tests.support.browser import FLAGS, chromium
from tests.support.smoothness import long_tasks, watch_tasks

PEOPLE = 500
RATE = 10
"""Changes a second."""
SCREEN = {"width": 1280, "height": 900}

# Remembers for each cell that changed what stood in it after the next paint, and when that was.
_WATCH_CELLS = """() => {
  window.shown = [];
  const cells = new Set();
  const keep = () => {
    const at = performance.timeOrigin + performance.now();
    for (const cell of cells) {
      const numbers = [...cell.textContent.matchAll(/thing number (\\d+)/g)].map((found) => Number(found[1]));
      window.shown.push({ cell: cell.dataset.cell, numbers, at });
    }
    cells.clear();
  };
  const watch = new MutationObserver((changes) => {
    if (cells.size === 0) requestAnimationFrame(() => setTimeout(keep));
    for (const { target, addedNodes } of changes)
      for (const node of [target, ...addedNodes]) {
        const cell = node.closest?.("[data-cell]");
        if (cell) cells.add(cell);
      }
  });
  watch.observe(document.querySelector(".board"), { childList: true, subtree: true });
}"""


@dataclass
class WallFigures:
    people: int
    topics: int
    changes: int
    deliveries: int
    faults: int
    complete: bool
    open_seconds: float
    """Until all have the whole wall."""
    each_ms: dict[str, float]
    """p50 and p99 from sending to each who heard it."""
    all_ms: dict[str, float]
    """… to the last who heard it."""
    screen_ms: dict[str, float] | None
    """… to the next paint on a screen."""
    longest_task_ms: float | None
    cpu_per_delivery_us: float
    room_cpu_per_delivery_us: float
    state_bytes: int
    state_gzip_bytes: int
    state_ms: float
    event_bytes: float

    @property
    def ratio(self) -> float:
        """What a delivery costs at the wall, by what it costs in a room."""
        return self.cpu_per_delivery_us / self.room_cpu_per_delivery_us


def changing_a_wall(contender: Synergy, seconds: float, people: int = PEOPLE) -> WallFigures:
    """`seconds` at the wall, then as long in a room."""
    staged = _stage(contender, people)
    with Generator() as crowd:
        start = time.perf_counter()
        _gather(crowd, contender, staged, staged["stream"], isWall=True)
        opened = time.perf_counter() - start
        seen, cpu, screen = asyncio.run(_change(crowd, contender, staged, seconds))
    with Generator() as crowd:
        _gather(crowd, contender, staged, staged["room"])
        before = contender.cpu()["web"]
        talk = crowd.ask("pace", rate=RATE, seconds=seconds)
        talk_cpu = contender.cpu()["web"] - before
    state, taken = _state(contender, staged)
    return WallFigures(
        people=people,
        topics=len(staged["topics"]),
        changes=seen["changes"],
        deliveries=seen["deliveries"],
        faults=seen["doubled"] + seen["missing"] + seen["troubles"],
        complete=seen["complete"],
        open_seconds=opened,
        each_ms=seen["each"],
        all_ms=seen["all"],
        screen_ms=_percentiles(screen["delays"]) if screen else None,
        longest_task_ms=screen["longest"] if screen else None,
        cpu_per_delivery_us=cpu / seen["deliveries"] * 1e6,
        room_cpu_per_delivery_us=talk_cpu / talk["deliveries"] * 1e6,
        state_bytes=len(state),
        state_gzip_bytes=len(gzip.compress(state, 6)),
        state_ms=taken,
        event_bytes=seen["bytes"] / seen["deliveries"],
    )


def _stage(contender: Synergy, people: int) -> dict[str, Any]:
    code = f"from tests.support.gathering_staging import main; main('large_wall', '{people}')"
    said = python("-m", "django", "shell", "--no-imports", "-c", code, environ=contender.environ)
    staged: dict[str, Any] = json.loads(said)
    return staged


def _gather(
    crowd: Generator, contender: Synergy, staged: dict[str, Any], stream: str, **options: Any
) -> None:
    ports = [server.port for server in contender.web]
    cookies = staged["cookies"]
    crowd.ask(
        "gather",
        dialect="synergy",
        ports=ports,
        members=len(cookies),
        stream=stream,
        cookies=cookies,
        **options,
    )


async def _change(
    crowd: Generator, contender: Synergy, staged: dict[str, Any], seconds: float
) -> tuple[dict[str, Any], float, dict[str, Any] | None]:
    """What the crowd saw, the CPU of it, and what one screen showed of it."""

    async def work(length: float) -> dict[str, Any]:
        plan = {"moves": staged["moves"], "placements": staged["placements"]}
        return await asyncio.to_thread(crowd.ask, "change", rate=RATE, seconds=length, **plan)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = await _open_wall(browser, contender, staged)
        await watch_tasks(page)
        await page.evaluate(_WATCH_CELLS)
        before = contender.cpu()["web"]
        seen = await work(seconds)
        cpu = contender.cpu()["web"] - before
        screen = await _screen(page, seen["placed"])
        await browser.close()
    return seen, cpu, screen


async def _open_wall(browser: Any, contender: Synergy, staged: dict[str, Any]) -> Page:
    url = f"http://127.0.0.1:{contender.web[0].port}"
    context = await browser.new_context(viewport=SCREEN)
    name, _, value = staged["cookies"][-1].partition("=")
    await context.add_cookies([{"name": name, "value": value, "url": url}])
    page: Page = await context.new_page()
    await page.goto(f"{url}/gatherings/{staged['gathering']}/")
    await page.wait_for_selector("[data-alive]", state="attached")
    await page.wait_for_function(
        "n => document.querySelectorAll('.topic').length === n", arg=len(staged["topics"])
    )
    return page


async def _screen(page: Page, placed: list[dict[str, Any]]) -> dict[str, Any]:
    await page.wait_for_timeout(500)
    shown = await page.evaluate("() => window.shown")
    delays = []
    for change in placed:
        seen = [
            paint["at"]
            for paint in shown
            if paint["cell"] == change["cell"]
            and change["number"] in paint["numbers"]
            and paint["at"] >= change["at"]
        ]
        assert seen, f"{change} was never seen on the screen"
        delays.append(min(seen) - change["at"])
    return {"delays": delays, "longest": max(await long_tasks(page), default=0.0)}


def _percentiles(some: list[float]) -> dict[str, float]:
    ordered = sorted(some)
    return {"p50_ms": ordered[len(ordered) // 2], "p99_ms": ordered[int(len(ordered) * 0.99)]}


def _state(contender: Synergy, staged: dict[str, Any]) -> tuple[bytes, float]:
    """The fresh state over the HTTP door, and the best of some times that it took, in ms."""
    connection = http.client.HTTPConnection("127.0.0.1", contender.web[0].port)
    times, body = [], b""
    for _ in range(5):
        start = time.perf_counter()
        connection.request(
            "GET", f"/api/streams/{staged['stream']}/state/", headers={"Cookie": staged["cookies"][0]}
        )
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - start) * 1000)
        assert answer.status == 200, body[:500]
    connection.close()
    return body, min(times)
