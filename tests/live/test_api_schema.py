"""The HTTP API answers as its own description says, whatever it is asked."""

from contextlib import ExitStack

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, assume, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.support import installation

pytestmark = pytest.mark.once

load_all_checks()
EXAMPLES = 25
TOKEN = "a" * 32
API = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
# `before` does not go with `after`, and a file has to be more than a text: a schema cannot say so.
TOO_STRICT = CHECKS.get_by_names(["positive_data_acceptance"])[0]
OPERATIONS = {found.ok().label: found.ok() for found in API.get_all_operations()}


@pytest.fixture(scope="module")
def site():
    with ExitStack() as stack:
        yield installation.small(stack)


@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(label, site):
    headers = {
        "Cookie": f"{site.company['cookies'][0]}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Origin": site.site.url,
    }

    @given(OPERATIONS[label].as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case):
        # A negative number is no address of the API, so Django's page answers.
        assume(not any(str(value).startswith("-") for value in case.path_parameters.values()))
        case.call_and_validate(base_url=site.site.url, headers=headers, excluded_checks=[TOO_STRICT])

    ask()


def test_description_covers_the_api():
    assert {
        "GET /api/challenges/",
        "GET /api/plans/{id}/",
        "GET /api/reports/",
        "GET /api/reports/{id}/",
        "POST /api/plans/{id}/items/{item}/readings/",
        "GET /api/rooms/{id}/messages/",
        "POST /api/rooms/{id}/files/",
        "GET /api/streams/{stream}/events/",
        "GET /api/streams/{stream}/state/",
        "POST /api/streams/{stream}/commands/",
    } <= set(OPERATIONS)
