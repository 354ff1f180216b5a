"""Connections to addresses that somebody typed, and to nothing but the public network.

# Note [Where a link may lead]

The server goes where somebody says, so the address decides where it knocks. Every name is resolved here, all
its addresses must be public, and the connection goes to the very address that was looked at, whatever the
name resolves to a moment later.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult

LookUp = Callable[[str, int], str]


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
        if not mapped.is_global or mapped.is_multicast:
            raise NotPublic(address)
    return min(found, key=lambda address: (":" in address, address))


def connect(parts: SplitResult, look_up: LookUp, wait: float) -> http.client.HTTPConnection:
    """To the address that was looked at. `wait`: seconds for each step. Raises OSError, NotPublic or Unreachable."""
    assert parts.hostname is not None
    port = parts.port or (443 if parts.scheme == "https" else 80)
    line = socket.create_connection((look_up(parts.hostname, port), port), timeout=wait)
    if parts.scheme == "https":
        try:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
        except Exception:
            line.close()
            raise
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=wait)
    connection.sock = line
    return connection


def request_path(parts: SplitResult) -> str:
    """What is asked for, in plain ASCII."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return path.encode("ascii", "ignore").decode()
