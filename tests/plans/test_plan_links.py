"""Links that prove something are asked, and only public addresses are."""

import itertools
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from challenges.plans import links
from challenges.plans.links import check_link, is_alive
from challenges.plans.models import Evidence
from challenges.plans.queries import plan_stream
from synergy.journal import log
from synergy.outward import NotPublic, public_address
from tests.support.plans import made
from tests.support.told import told

QUOTED = "plan-dzia%C5%82a%C5%84?s=%C4%85&q=50%25"


class _Site(BaseHTTPRequestHandler):
    def do_HEAD(self):
        here = self.path.strip("/")
        self.server.hosts.add(self.headers["Host"])
        if here == "drips":
            self._drip()
            return
        if here == "no-heads" and self.command == "HEAD":
            status, to = 405, None
        elif here.startswith("to-"):
            status, to = 302, here.removeprefix("to-")
        elif here == "home":
            status, to = 302, f"http://127.0.0.1:{self.server.server_port}/ok"
        elif here == "round":
            status, to = 302, "/round"
        elif here == "round-about":
            status, to = 302, "/plan-działań?s=ą&q=50%25".encode().decode("latin-1")
        else:
            status, to = {"ok": 200, QUOTED: 200, "no-heads": 200, "secret": 401}.get(here, 404), None
        self.send_response(status)
        if to:
            self.send_header("Location", to if "/" in to else f"/{to}")
        self.end_headers()

    def _drip(self):
        """A good answer whose head never ends."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        try:
            for _ in itertools.count():
                self.wfile.write(b"a")
                time.sleep(0.02)
        except OSError:
            self.close_connection = True

    def do_GET(self):
        self.do_HEAD()

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    server = HTTPServer(("127.0.0.1", 0), _Site)
    server.hosts = set()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site(server):
    return f"http://example.org:{server.server_port}"


def _example_org_alone(host, port):
    """As if the site were public; what it leads to is looked up as ever."""
    return "127.0.0.1" if host == "example.org" else public_address(host, port)


@pytest.mark.parametrize(
    ("path", "alive"),
    [
        ("ok", True),
        ("no-heads", True),
        ("secret", True),
        ("plan-działań?s=ą&q=50%25#część", True),
        (QUOTED, True),
        ("round-about", True),
        ("to-ok", True),
        ("gone", False),
        ("to-gone", False),
        ("round", False),
        ("home", False),  # a public page that leads into the inner network
    ],
)
def test_what_opens(site, path, alive):
    assert is_alive(f"{site}/{path}", _example_org_alone) is alive


def test_a_host_with_letters_of_its_own(server):
    def look_up(host, _port):
        return {"xn--w-uga1v8h.example": "127.0.0.1"}[host]

    assert is_alive(f"http://Żółw.example:{server.server_port}/ok", look_up)

    assert server.hosts == {f"xn--w-uga1v8h.example:{server.server_port}"}


def test_a_server_that_drips_holds_nobody(site, monkeypatch):
    monkeypatch.setattr(links, "PATIENCE", 0.3)
    begun = time.monotonic()

    assert is_alive(f"{site}/drips", _example_org_alone) is False

    assert 0.3 <= time.monotonic() - begun < 3
    assert is_alive(f"{site}/ok", _example_org_alone)


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
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "fec0::1",
    ],
)
def test_what_is_never_asked(site, host):
    with pytest.raises(NotPublic):
        public_address(host, 80)
    port = site.rpartition(":")[2]
    assert is_alive(f"http://{f'[{host}]' if ':' in host else host}:{port}/ok") is False


@pytest.mark.parametrize(
    "host", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2001:4860:4860::8888"]
)
def test_public_addresses_are(host):
    assert public_address(host, 443) == host


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
    head = log.head(plan_stream(agreed.plan.pk))
    check_link.func(evidence.evidence)
    assert Evidence.objects.get().checked_at > row.checked_at
    row.delete()
    check_link.func(evidence.evidence)  # removed meanwhile
    assert log.head(plan_stream(agreed.plan.pk)) == head
