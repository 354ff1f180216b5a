"""`./dev run`: from a fresh clone to a page, and in seconds the next time."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from synergy.conf import Config, ConfigError, read_config
from tools.environment import PYTHON, build_client, install_python, manage
from tools.leash import end_with_parent
from tools.steps import ROOT, Failed, Stamp, Step, alone, do, say


def run(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="./dev run", description="Starts Synergy with invented people.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument(
        "--reset-demo", action="store_true", help="throw the demo's data away and make it new"
    )
    options = parser.parse_args(arguments)
    started = time.monotonic()
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("LOG_LEVEL", "warning")
    config = _config()
    _check_address(options.host, options.port, demo=config.demo)
    say("Synergy")
    address = _address(options.host, options.port)
    os.environ.setdefault("SITE_URL", address)
    with alone():
        install_python("requirements")
        build_client()
        _collect_static(config)
        _prepare_database(config, address, reset=options.reset_demo)
    server = _start(options.host, options.port)
    try:
        if _wait_for(server, address):
            _say_where(config, address, time.monotonic() - started)
        code = server.wait()
    except KeyboardInterrupt:
        server.wait()
        say("\nSynergy has ended.")
        return
    if code > 0:
        raise Failed(f"The server ended with code {code}, see above.")


def _config() -> Config:
    try:
        return read_config()
    except ConfigError as error:
        raise Failed(str(error)) from None


def _check_address(host: str, port: int, *, demo: bool) -> None:
    if demo and not _is_local(host):
        raise Failed(
            f"The demo lets anyone sign in, so it answers on this machine only. Leave out --host {host}, or "
            f"run without the demo: DEMO=0 ALLOWED_HOSTS=name.of.this.machine ./dev run --host {host}"
        )
    if not 0 < port < 65536:
        raise Failed(f"There is no port {port}. Take another: ./dev run --port 8001")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Failed(_why_not(error, host, port)) from None


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by another ./dev run. Take another: ./dev run --port {port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for root only. Take another: ./dev run --port 8000"
    return f"Cannot listen on --host {host}: {error.strerror}."


def _collect_static(config: Config) -> None:
    """Gathers, hashes and compresses what is served besides pages."""
    sources = [ROOT / "static" / "dist", ROOT / "requirements.txt"]
    stamp = Stamp(config.data_dir / "static" / ".collected", *sources)
    if not stamp.holds():
        do("Static files", manage("collectstatic", "--no-input", "--clear", "--verbosity", "0"))
        stamp.set()


def _prepare_database(config: Config, address: str, *, reset: bool) -> None:
    code = [ROOT / name for name in ("rooms", "sessions", "challenges", "synergy")]
    stamp = Stamp(config.data_dir / "database.prepared", str(config.demo), *code)
    own_file = config.data_dir / "synergy.sqlite3"
    if stamp.holds() and own_file.exists() and not config.database_url and not reset:
        return
    is_ours = not config.database_url and _who_is_there(config).exists()
    if reset and is_ours:
        _throw_away(config.data_dir)
    is_new = not own_file.exists() and not config.database_url
    do("Database", manage("migrate", "--verbosity", "0"))
    if not is_new:
        do("Index of the search", manage("search_rebuild"))
    if config.demo:
        clear = ["--reset"] if reset and not is_ours else []
        who = do("Demo data", manage("make_demo", "--site", address, *clear))
        _who_is_there(config).write_text(who)
    stamp.set()


def _throw_away(folder: Path) -> None:
    """A demo that was made here, whatever version of the code it is from."""
    for name in ("synergy.sqlite3", "synergy.sqlite3-wal", "synergy.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in ("media", "mail"):
        shutil.rmtree(folder / name, ignore_errors=True)


def _who_is_there(config: Config) -> Path:
    return config.data_dir / "demo.txt"


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _start(host: str, port: int) -> subprocess.Popen[bytes]:
    where = ["--bind", host, "--port", str(port)]
    daphne = [str(PYTHON), "-m", "daphne", "--verbosity", "0", *where, "asgi:application"]
    # Killed, this process leaves no server behind on the port.
    server = subprocess.Popen(daphne, cwd=ROOT, preexec_fn=end_with_parent(signal.SIGTERM))
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    return server


def _wait_for(server: subprocess.Popen[bytes], address: str) -> bool:
    step = Step("Server")
    while server.poll() is None:
        if _answers(address):
            step.end()
            return True
        step.tick()
        time.sleep(0.05)
    step.end("failed")
    return False


def _say_where(config: Config, address: str, seconds: float) -> None:
    say(f"\n  {address}   ready after {seconds:.1f} s\n")
    if config.demo and _who_is_there(config).exists():
        say(textwrap.indent(_who_is_there(config).read_text(), "  "))
    say("\n  Ctrl-C ends it.\n")


def _answers(address: str) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        direct.open(f"{address}health/", timeout=2)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
