"""The store of the browser, run by Node: the same file that a page runs, for tests that compare the languages."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from synergy.conf import BASE_DIR


def reached(cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The room states that the client reaches; see tests/client/replay.ts for what a case is."""
    lines = "\n".join(json.dumps(case) for case in cases)
    result = subprocess.run(["node", _bundle()], input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in result.stdout.splitlines()]


@cache
def _bundle() -> Path:
    path = Path(tempfile.mkdtemp(prefix="synergy-store-")) / "replay.mjs"
    esbuild = BASE_DIR / "node_modules" / ".bin" / "esbuild"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", f"--outfile={path}"]
    subprocess.run([esbuild, BASE_DIR / "tests" / "client" / "replay.ts", *options], check=True)
    return path
