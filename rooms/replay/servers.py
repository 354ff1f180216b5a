"""A server for a replay or a rehearsal: one that runs already, or one of our own with the same settings."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

from synergy.conf import BASE_DIR

SERVER_SECONDS = 30


class ServerDidNotStart(Exception):
    pass


@contextlib.contextmanager
def servers_at(urls: Sequence[str] | None) -> Iterator[Sequence[str]]:
    """The servers that were named, or one of our own, as `http://host:port`. Raises ServerDidNotStart."""
    if urls:
        yield [url.rstrip("/") for url in urls]
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own words only
        [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "asgi:application"],
        cwd=BASE_DIR,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield [f"http://127.0.0.1:{port}"]
    finally:
        server.terminate()
        server.wait()


def _wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + SERVER_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.1)
    raise ServerDidNotStart("The server did not start; try `./dev run` and give its address with --url.")
