"""One person with one look goes wherever the pages lead, and notes what is seen."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Response
from playwright.async_api import Error as BrowserError

from tests.support.browser import AXE, WCAG

LOOKS = {
    f"{width} {theme}": {"viewport": {"width": pixels, "height": height}, "color_scheme": theme}
    for width, pixels, height in (("wide", 1280, 900), ("narrow", 360, 740))
    for theme in ("light", "dark")
}
SLOW = 1.5
"""Seconds to the end of loading that are worth a remark."""
# What is no page, and what ends the walk.
_NOT_PAGES = re.compile(
    r"/(static|pictures|media|api|ws|calendar|files|metrics)/|sign.?out|logout|"
    r"\.(xlsx|csv|json|ics|docx|md|pdf|webp|png|jpg)$|/(download|export|file|original|thumbnail)s?/"
)
_BUTTONS = {"co-ordinator": "Institution co-ordinator", "organiser": "Programme organiser"}
_LOOK_AT = """
() => {
  const remarks = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 1) remarks.push(`scrolls sideways by ${wide} px`);
  const name = (e) => (e.getAttribute("aria-label") || e.textContent || "").trim().slice(0, 40);
  const shown = (e) => e.getClientRects().length > 0;
  for (const e of document.querySelectorAll("button:disabled, [aria-disabled=true]"))
    if (shown(e) && !e.title && !e.getAttribute("aria-describedby") && !e.closest("fieldset:disabled"))
      remarks.push(`disabled without a reason: ${name(e)}`);
  for (const e of document.querySelectorAll("a, button, label, h1, h2, h3, th, td, .badge, .btn")) {
    const style = getComputedStyle(e);
    if (shown(e) && e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 && style.display !== "inline" &&
        style.overflowX === "hidden" && style.textOverflow !== "ellipsis" && !style.clipPath.includes("inset"))
      remarks.push(`cut off: ${name(e)}`);
  }
  const shift = performance.getEntriesByType("layout-shift").reduce((sum, e) => sum + e.value, 0);
  if (shift > 0.1) remarks.push(`layout jumps (${shift.toFixed(2)})`);
  if (document.querySelectorAll("h1").length !== 1) remarks.push(`${document.querySelectorAll("h1").length} h1`);
  return remarks;
}
"""
# A picture of the whole page shows also what is below the window, which is otherwise not painted.
_SHOW_ALL = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}
"""
_UNMARKED = """
() => {
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    if (/[A-Za-z]{3}/.test(text) && !text.includes("⟦") && parent.getClientRects().length &&
        !parent.closest("script, style, code, [lang]:not(html), [data-own-words]") && !parent.textContent.includes("⟦"))
      found.add(text.slice(0, 60));
  }
  return [...found];
}
"""


@dataclass
class Seen:
    """A page as one person saw it. `picture` and `tree` are names of files."""

    persona: str
    look: str
    address: str
    title: str
    picture: str
    tree: str
    seconds: float
    remarks: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)


async def walk(
    browser: Browser,
    url: str,
    persona: str,
    look: str,
    folder: Path,
    *,
    each: int,
    most: int,
    is_pseudo: bool,
) -> list[Seen]:
    """Breadth first, `each` pages of each kind: addresses that differ in their numbers alone are of one kind."""
    context = await browser.new_context(base_url=url, **LOOKS[look], reduced_motion="reduce")
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    if persona != "nobody":
        await _sign_in(page, persona)
    waiting, known, kinds = deque(["/"]), {"/"}, Counter[str]()
    seen: list[Seen] = []
    while waiting and len(seen) < most:
        address = waiting.popleft()
        kind = re.sub(r"\d+", "N", re.sub(r"/[\w-]{20,}/", "/KEY/", address))
        if kinds[kind] >= each:
            continue
        kinds[kind] += 1
        said.clear()
        one = await _visit(page, persona, look, address, folder, is_pseudo=is_pseudo)
        if one is None:
            continue
        one.remarks += [f"console: {text[:160]}" for text in dict.fromkeys(said)]
        seen.append(one)
        for link in await _links(page):
            if link not in known and not _NOT_PAGES.search(link):
                known.add(link)
                waiting.append(link)
    await context.close()
    return seen


async def _sign_in(page: Page, persona: str) -> None:
    await page.goto("/")
    await page.get_by_role("button", name=_BUTTONS.get(persona, persona.capitalize())).first.click()
    await page.wait_for_load_state("load")


async def _visit(
    page: Page, persona: str, look: str, address: str, folder: Path, *, is_pseudo: bool
) -> Seen | None:
    began = time.monotonic()
    try:
        response: Response | None = await page.goto(address, wait_until="load")
    except BrowserError:
        return None  # a download
    seconds = time.monotonic() - began
    if response is None or "text/html" not in response.headers.get("content-type", ""):
        return None
    await page.evaluate(_SHOW_ALL)
    await page.wait_for_timeout(250)
    slug = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60] or "home"
    name = f"{persona}-{look.replace(' ', '-')}-{slug}"
    await page.screenshot(path=folder / f"{name}.png", full_page=True)
    (folder / f"{name}.txt").write_text(await page.locator("body").aria_snapshot())
    remarks = await page.evaluate(_LOOK_AT)
    if response.status >= 400:
        remarks.append(f"answered {response.status}")
    if seconds > SLOW:
        remarks.append(f"took {seconds:.1f} s")
    remarks += await _violations(page)
    unmarked = await page.evaluate(_UNMARKED) if is_pseudo else []
    title = await page.title()
    return Seen(persona, look, address, title, f"{name}.png", f"{name}.txt", seconds, remarks, unmarked)


async def _violations(page: Page) -> list[str]:
    # Evaluated, not put into the page as a script: the page's own policy stays in force.
    await page.evaluate(AXE.read_text())
    result: Any = await page.evaluate("tags => axe.run({runOnly: tags})", WCAG)
    return [f"axe: {found['id']}: {found['nodes'][0]['target']}" for found in result["violations"]]


async def _links(page: Page) -> list[str]:
    """Addresses of this site, without the part after #, as they stand on the page."""
    found: list[str] = await page.evaluate(
        "() => [...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.download)"
        ".map(a => a.pathname)"
    )
    return list(dict.fromkeys(found))
