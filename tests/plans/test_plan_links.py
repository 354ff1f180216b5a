"""Links that prove something are asked, and only public addresses are."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from challenges.plans.links import check_link, is_alive
from challenges.plans.models import Evidence
from challenges.plans.queries import plan_stream
from synergy.outward import NotPublic, public_address
from tests.support.plans import made
from tests.support.told import told


class _Site(BaseHTTPRequestHandler):
    def do_HEAD(self):
        here = self.path.strip("/")
        if here == "no-heads" and self.command == "HEAD":
            status, to = 405, None
        elif here.startswith("to-"):
            status, to = 302, here.removeprefix("to-")
        elif here == "home":
            status, to = 302, f"http://127.0.0.1:{self.server.server_port}/ok"
        elif here == "round":
            status, to = 302, "/round"
        else:
            status, to = {"ok": 200, "no-heads": 200, "secret": 401}.get(here, 404), None
        self.send_response(status)
        if to:
            self.send_header("Location", to if "/" in to else f"/{to}")
        self.end_headers()

    def do_GET(self):
        self.do_HEAD()

    def log_message(self, *_args):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://example.org:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _example_org_alone(host, port):
    """As if the site were public; what it leads to is looked up as ever."""
    return "127.0.0.1" if host == "example.org" else public_address(host, port)


@pytest.mark.parametrize(
    ("path", "alive"),
    [
        ("ok", True),
        ("no-heads", True),
        ("secret", True),
        ("to-ok", True),
        ("gone", False),
        ("to-gone", False),
        ("round", False),
        ("home", False),  # a public page that leads into the inner network
    ],
)
def test_what_opens(site, path, alive):
    assert is_alive(f"{site}/{path}", _example_org_alone) is alive


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
    ],
)
def test_what_is_never_asked(site, host):
    with pytest.raises(NotPublic):
        public_address(host, 80)
    port = site.rpartition(":")[2]
    assert is_alive(f"http://{f'[{host}]' if ':' in host else host}:{port}/ok") is False


def test_public_addresses_are(site):
    assert public_address("93.184.215.14", 443) == "93.184.215.14"


def test_the_log_tells_what_came_of_it(agreed, site):
    url = f"http://127.0.0.1:{site.rpartition(':')[2]}/ok"
    evidence = made(agreed.plan, agreed.member, "evidence.link", items=[agreed.first.pk], title="A", url=url)
    check_link.func(evidence.evidence)
    row = Evidence.objects.get()
    assert (row.link_state, row.checked_at is not None) == ("dead", True)
    last = told(plan_stream(agreed.plan.pk))[-1]
    assert (last["name"], last["by"], last["data"]["evidence"]["link_state"]) == (
        "evidence.set",
        None,
        "dead",
    )
    row.delete()
    check_link.func(evidence.evidence)  # removed meanwhile
