"""The load generator, as a process that does one task at a time."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Self

from tests.bench.servers import ROOT


class LoadFailed(Exception):
    """The generator could not do its task."""


class Generator:
    """The people of one contender. `ask("flood", inFlight=16, seconds=2)` gives what they saw."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(ROOT / "tests" / "bench" / "load" / "main.mjs")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, task: str, **options: Any) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"task": task, **options}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        result: dict[str, Any] = json.loads(answer) if answer else {"error": "the load generator ended"}
        if "error" in result:
            raise LoadFailed(f"{task}: {result['error']}")
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
