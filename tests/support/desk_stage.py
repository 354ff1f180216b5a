"""What one does on the facilitators' desk in browser tests, and what others do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page


async def desk_of(visit: Callable[..., Any], person: Any, stage: Any, **options: Any) -> Page:
    """The desk, once it follows the gathering."""
    page: Page = await visit(person, f"{stage.path}desk/", **options)
    await page.wait_for_selector("[data-desk][data-alive]", state="attached")
    return page


def room_card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name="Rooms").locator("li.rm").filter(has_text=name)


async def do(page: Page, stream: str, name: str, **fields: Any) -> None:
    """A command over the HTTP door, as the person whose page it is."""
    status = await page.evaluate(
        """async ([stream, body]) => {
          const headers = { "Content-Type": "application/json" };
          const ask = { method: "POST", headers, body: JSON.stringify(body) };
          return (await fetch(`/api/streams/${stream}/commands/`, ask)).status;
        }""",
        [stream, {"id": str(uuid4()), "name": name, "data": fields}],
    )
    assert status == 200, f"{name} was answered {status}"
