"""Browser tests share one event loop, in which Playwright lives; see tests/support/browser.py."""

from pathlib import Path

import pytest

from tests.support.browser import _site_process, browser, site, visit

__all__ = ["_site_process", "browser", "site", "visit"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            item.add_marker(pytest.mark.timeout(300))
