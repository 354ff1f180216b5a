"""How smoothly a page runs: the tasks that hold up its main thread, as the browser itself counts them.

page = await visit(person, path)
await watch_tasks(page)
…
assert max(await long_tasks(page), default=0) < 100
"""

from __future__ import annotations

from playwright.async_api import Page

_WATCH = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longTasks.push(task.duration);
  }).observe({ type: "longtask" });
}"""


async def watch_tasks(page: Page) -> None:
    """From now on, every task above 50 milliseconds is kept. Begins anew when it is called again."""
    await page.evaluate(_WATCH)


async def long_tasks(page: Page) -> list[float]:
    """Their lengths in milliseconds."""
    await page.wait_for_timeout(200)
    found: list[float] = await page.evaluate("() => window.longTasks")
    return found
