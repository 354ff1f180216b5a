"""Connections to addresses that somebody typed, and to nothing but the public network.

# Note [Where a link may lead]

The server goes where somebody says, so the address decides where it knocks. Every name is resolved here, all
its addresses must be public, and the connection goes to the very address that was looked at, whatever the
name resolves to a moment later.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, quote

LookUp = Callable[[str, int], str]
WAIT = 5.0
"""Seconds for each step of a connection."""
EMBEDDING = [
    ipaddress.ip_network(each) for each in ("::/96", "64:ff9b::/96", "2001::/32", "2002::/16", "fec0::/10")
]
"""Addresses that hold another one, of IPv4, to which a gateway may lead; and those of one site alone."""


class Unreachable(Exception):
    """No name can be looked up just now, which says nothing about the address."""


class NotPublic(Exception):
    """The address leads into a network that is not the public one."""


def public_address(host: str, port: int) -> str:
    """An address of the host. Raises NotPublic when any of its addresses is not, OSError when it has none, Unreachable."""
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Unreachable(host) from error
        raise
    found = {str(info[4][0]) for info in infos}
    for address in found:
        ip = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(ip, "ipv4_mapped", None) or ip
        if not mapped.is_global or mapped.is_multicast or any(ip in network for network in EMBEDDING):
            raise NotPublic(address)
    return min(found, key=lambda address: (":" in address, address))


class Answer(NamedTuple):
    """The head of what came back. `location`: where it leads, or empty."""

    status: int
    location: str


def ask(
    method: str,
    parts: SplitResult,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    look_up: LookUp,
    patience: float,
) -> Answer:
    """One request, to the address that was looked at. `patience`: seconds for all of it.

    Raises OSError (TimeoutError), ValueError, HTTPException, NotPublic or Unreachable.
    """
    host = (parts.hostname or "").encode("idna").decode()
    connection = _connect(parts.scheme, host, parts.port, look_up)
    try:
        with _cut_after(connection.sock, patience):
            connection.request(
                method, request_path(parts), body, {"Host": _netloc(host, parts.port), **headers}
            )
            answer = connection.getresponse()
        return Answer(answer.status, _as_meant(answer.getheader("Location") or ""))
    finally:
        connection.close()


def request_path(parts: SplitResult) -> str:
    """What is asked for, in plain ASCII: all else is quoted as UTF-8, and what is quoted stays so."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return quote(path, safe="/%:@!$&'()*+,;=~?")


def _connect(scheme: str, host: str, port: int | None, look_up: LookUp) -> http.client.HTTPConnection:
    port = port or (443 if scheme == "https" else 80)
    line = socket.create_connection((look_up(host, port), port), timeout=WAIT)
    if scheme == "https":
        try:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except Exception:
            line.close()
            raise
    connection = http.client.HTTPConnection(host, port, timeout=WAIT)
    connection.sock = line
    return connection


@contextlib.contextmanager
def _cut_after(line: socket.socket, seconds: float) -> Iterator[None]:
    """A server that sends a letter now and then must not hold the worker. Raises TimeoutError when it was cut:
    `http.client` takes the end of the line for the end of the head.
    """
    was_cut = threading.Event()

    def cut() -> None:
        was_cut.set()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(line, socket.SHUT_RDWR)

    limit = threading.Timer(max(seconds, 0), cut)
    limit.daemon = True
    limit.start()
    try:
        yield
    finally:
        limit.cancel()
        if was_cut.is_set():
            raise TimeoutError("it took too long")


def _netloc(host: str, port: int | None) -> str:
    return (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")


def _as_meant(header: str) -> str:
    """`http.client` reads headers as Latin-1; most who write other letters into them mean UTF-8."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
