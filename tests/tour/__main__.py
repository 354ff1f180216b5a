"""Walks the demonstration as each kind of person and takes a picture of every page that they are led to.

    ./dev tour                        everybody, wide and light, narrow and dark
    ./dev tour --as facilitator       one of them
    ./dev tour --language lv          all people read this language
    ./dev tour --language pseudo      every text is marked and 40 % longer: what is not marked is not translatable
    ./dev tour --looks all            wide and narrow, light and dark

Writes pictures, what a screen reader is told, and index.html, which shows all of it with what was noticed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from synergy.conf import BASE_DIR
from tests.support.browser import FLAGS, chromium
from tests.support.processes import Site
from tests.tour.album import write_album
from tests.tour.pseudo import make_pseudo_language
from tests.tour.walking import LOOKS, Seen, walk

PERSONAS = ("participant", "co-ordinator", "facilitator", "organiser", "observer", "nobody")
LANGUAGES = ("en", "pl", "bg", "lv", "hu", "sk", "pseudo")
USUAL = ("wide light", "narrow dark")


def main() -> int:
    options = _options()
    folder: Path = options.to.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with _demonstration(options.language, folder) as site:
        seen = asyncio.run(_tour(site, folder, options))
    page = write_album(folder, seen, options.language)
    for one in seen:
        for remark in one.remarks:
            print(f"{one.persona:13} {one.look:12} {one.address:45} {remark}")
    print(f"\n{len(seen)} pages, {sum(len(one.remarks) for one in seen)} remarks: {page}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev tour", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--to", type=Path, default=BASE_DIR / ".synergy" / "tour", help="folder for the pictures"
    )
    parser.add_argument("--as", dest="personas", choices=PERSONAS, action="append", help="may be repeated")
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    parser.add_argument("--looks", choices=["usual", "all"], default="usual")
    parser.add_argument("--each", type=int, default=2, help="how many of each kind of page (default 2)")
    parser.add_argument("--most", type=int, default=200, help="how many pages per person at most")
    return parser.parse_args()


def _demonstration(language: str, folder: Path) -> Site:
    environment = {"DEMO": "1", "COMMAND_RATE": "1000", "COMMAND_BURST": "1000"}
    if language == "pseudo":
        make_pseudo_language(folder / "locale")
        environment |= {
            "DJANGO_SETTINGS_MODULE": "tests.tour.pseudo_settings",
            "PSEUDO_LOCALE": str(folder / "locale"),
        }
    site = Site(environment=environment)
    site.manage("migrate", "--run-syncdb", "-v0")
    site.manage("make_demo")
    if language != "en":
        code = "lv" if language == "pseudo" else language
        change = f"from synergy.people.models import Person; Person.objects.update(language='{code}')"
        site.manage("shell", "--no-imports", "-c", change)
    return site


async def _tour(site: Site, folder: Path, options: argparse.Namespace) -> list[Seen]:
    looks = LOOKS if options.looks == "all" else {name: LOOKS[name] for name in USUAL}
    seen: list[Seen] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for persona in options.personas or PERSONAS:
            seen += await _as(browser, site, persona, looks, folder, options)
        await browser.close()
    return seen


async def _as(
    browser: Browser,
    site: Site,
    persona: str,
    looks: Iterable[str],
    folder: Path,
    options: argparse.Namespace,
) -> list[Seen]:
    found: list[Seen] = []
    for look in looks:
        print(f"{persona}, {look} …", file=sys.stderr)
        found += await walk(
            browser,
            site.url,
            persona,
            look,
            folder,
            each=options.each,
            most=options.most,
            is_pseudo=options.language == "pseudo",
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
