"""Synergy as an operator runs it: a Daphne in a process of its own, that can be killed and come back.

    with Site(database_url=postgres.create_database("synergy"), redis_url=redis.url) as site:
        site.manage("migrate")
        httpx.get(site.url + "/")
        site.kill(); site.start()       # same address, same data

Two processes of one installation: `second = site.sibling()`.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from synergy.conf import BASE_DIR, Config
from tests.support.services import Server


def server_command(port: int) -> Sequence[str]:
    return [sys.executable, "-m", "daphne", "--bind", "127.0.0.1", "--port", str(port), "asgi:application"]


class Site(Server):
    """`environment` adds to, or overrides, the settings that are given here."""

    name = "site"

    def __init__(
        self,
        *,
        database_url: str = "",
        redis_url: str = "",
        data_dir: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.data_dir = data_dir or self.folder / "data"
        self.database_url = database_url
        self.redis_url = redis_url
        self.environment = dict(environment or {})

    def sibling(self) -> Site:
        """Another process of the same installation, on a port of its own."""
        return Site(
            database_url=self.database_url,
            redis_url=self.redis_url,
            data_dir=self.data_dir,
            environment=self.environment,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/live/"

    def command(self) -> Sequence[str | Path]:
        return server_command(self.port)

    def popen_options(self) -> dict[str, Any]:
        return {"cwd": BASE_DIR, "env": self._environment()}

    def _environment(self) -> dict[str, str]:
        ours = {setting.metadata["variable"] for setting in fields(Config)}
        inherited = {name: value for name, value in os.environ.items() if name not in ours}
        return inherited | {
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "DJANGO_SETTINGS_MODULE": "tests.support.site_settings",
            "STOP_NOTICE": "0",
            "PYTHONPATH": str(BASE_DIR),
            **self.environment,
        }

    def is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return True

    def manage(self, *words: str) -> str:
        """Runs a command of manage.py on this installation and gives what it printed."""
        result = subprocess.run(
            [sys.executable, str(BASE_DIR / "manage.py"), *words],
            cwd=BASE_DIR,
            env=self._environment(),
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise AssertionError(f"manage.py {' '.join(words)} failed:\n{result.stdout}{result.stderr}")
        return result.stdout

    def open_python(self, *words: str) -> subprocess.Popen[str]:
        """Another Python on this installation, to write to and to read from. It ends when nothing more is written."""
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=BASE_DIR,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        """All that this process has logged."""
        return self.log.read_text(errors="replace")

    def restart_hard(self) -> Self:
        """Kill -9, and up again on the same port."""
        self.kill()
        return self.start()
