"""One consultation that has begun; see `make_consultation`."""

import pytest

from tests.factories.consultations import make_consultation


@pytest.fixture
def run(db):
    return make_consultation()
