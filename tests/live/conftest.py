from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async
from django.db import connections

from synergy.live.process import close_live_process
from tests.support.live import Notebook


@pytest.fixture(autouse=True)
async def _own_live_process(settings):
    """Every test has a live process of its own with nobody let in yet, and people may write fast."""
    settings.CONFIG = replace(settings.CONFIG, command_rate=10_000, command_burst=10_000)
    Notebook.readers.clear()
    Notebook.writers.clear()
    Notebook.marks.clear()
    yield
    await close_live_process()
    await sync_to_async(connections.close_all)()
