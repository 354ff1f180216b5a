"""A real Chromium, and a real Synergy process on the worker's own test database.

Tests arrange with factories (fixture `transactional_db` comes along), open pages as people, and look:

    async def test_talk(site, visit):
        page = await visit(person, "/rooms/1/")
        …
        assert await faults_of(page) == []

Each `visit` is a browser profile of its own. Everything runs on one event loop per session.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from synergy.conf import BASE_DIR
from tests.support.processes import Site

AXE = BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 360, "height": 740}}
LOOKS = [("wide", "light"), ("narrow", "dark")]
"""Each size and each theme once: the layout knows nothing of the theme, and the colours nothing of the size."""
FLAGS = ["--disable-gpu", "--disable-quic"]
# How long a page may take to show what is expected: a busy machine is no failure.
expect.set_options(timeout=20_000)

Visit = Callable[..., Awaitable[Page]]


def chromium() -> str:
    """Chromium's program. The one without windows is the same engine, and makes a profile in a third of the time."""
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("chromium is not installed. On Debian: apt-get install chromium-headless-shell")


def _url_of_test_database() -> str:
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{str(database['NAME']).lstrip('/')}"
    return "postgresql://{USER}@{HOST}:{PORT}/{NAME}".format(**database)


@pytest.fixture(scope="session")
def _site_process(django_db_setup: None) -> Iterator[Site]:
    with Site(
        database_url=_url_of_test_database(),
        redis_url=settings.CONFIG.redis_url,
        data_dir=settings.CONFIG.data_dir,
        environment={"DJANGO_SETTINGS_MODULE": "tests.support.browser_settings"},
    ) as process:
        yield process


@pytest.fixture
def site(_site_process: Site, transactional_db: None) -> Site:
    """Synergy in a process of its own, reading what this test's factories write."""
    return _site_process


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(site: Site, browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Visit]:
    """`await visit(person_or_none, path, **options)`: a page in a new profile, signed in as the person.

    The options are Playwright's for a context: viewport, locale, color_scheme, java_script_enabled …
    A page that says something on its console as an error, or throws, fails the test at its end,
    except where the test appends a pattern to `page.expected_errors`.
    """
    contexts: list[BrowserContext] = []
    said: list[tuple[str, Page]] = []

    async def visit(person: Any, path: str = "/", **options: Any) -> Page:
        context = await browser.new_context(base_url=site.url, **options)
        contexts.append(context)
        if person is not None:
            await sign_in(context, site, person)
        page = await context.new_page()
        page.expected_errors = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: said.append((str(error), page)))
        page.on("console", lambda line: line.type == "error" and said.append((line.text, page)))
        await page.goto(path)
        return page

    yield visit
    for context in contexts:
        await context.close()
    assert [text for text, page in said if not _is_expected(text, page)] == []


def _is_expected(text: str, page: Page) -> bool:
    patterns: list[str] = page.expected_errors  # type: ignore[attr-defined]
    return any(re.search(pattern, text) for pattern in patterns)


async def sign_in(context: BrowserContext, site: Site, person: Any) -> None:
    """Gives the browser profile a session of this person, as signing in would."""
    key = await sync_to_async(_new_session)(person)
    await context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}])


def _new_session(person: Any) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


async def faults_of(page: Page) -> list[str]:
    """What axe finds wrong on the page, one line per rule and place; [] when nothing.

    The bars at the edges of the window lie over whatever is scrolled beneath them: they go with the page here.
    """
    await page.evaluate(AXE.read_text())
    found = await page.evaluate(
        """async (tags) => {
            const still = new CSSStyleSheet();
            still.replaceSync(".bar, .nav { position: static !important }");
            document.adoptedStyleSheets.push(still);
            const found = await axe.run({runOnly: tags});
            document.adoptedStyleSheets.pop();
            return found;
        }""",
        WCAG,
    )
    return [
        f"{rule['id']}: {' '.join(node['target'])}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


async def picture(page: Page, folder: Path, name: str) -> Path:
    """Saves what the page looks like, for a person to see."""
    path = folder / f"{name}.png"
    await page.screenshot(path=path, full_page=True)
    return path
