"""A receiver on this machine, and a plan whose organiser has a hook."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from challenges.plans.models import Audience
from synergy.hooks.actions import register_hook
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.plans import agree


class _Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body, self.path))
        status = self.server.answers.pop(0) if self.server.answers else 204
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def receiver(settings):
    settings.HOOKS_REACH_LOOPBACK = True
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
    server.taken, server.answers = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/in?x=1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hooked(db, receiver):
    """An approved plan of a cohort whose organiser has a hook for plans."""
    case = agree(make_plan_case(audience=Audience.COHORT))
    case.hook, case.secret = register_hook(
        person=case.organiser, cohort=case.cohort, url=receiver.url, kinds=["plan"], now=NOON
    )
    case.receiver = receiver
    return case
