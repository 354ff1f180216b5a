from contextlib import ExitStack

import pytest

from tests.support import installation


@pytest.fixture
def small():
    """SQLite and one process."""
    with ExitStack() as stack:
        yield installation.small(stack)


@pytest.fixture
def large():
    """PostgreSQL, Redis and two processes."""
    with ExitStack() as stack:
        yield installation.large(stack)


@pytest.fixture(params=["small", "large"])
def either(request):
    with ExitStack() as stack:
        yield getattr(installation, request.param)(stack)
