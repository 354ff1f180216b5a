"""Parts of the browser's client as functions: a filter in tests/client, bundled and run by Node."""

import json
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def client_filter(source, folder):
    """`source`, a file of tests/client that answers each line of JSON with one, as a function: cases → answers."""
    node = shutil.which("node")
    esbuild = ROOT / "node_modules/.bin/esbuild"
    assert node, "Node is missing: run the tests with ./dev test."
    assert esbuild.exists(), "The client's tools are missing: run the tests with ./dev test, or npm ci."
    bundle = folder / "filter.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=warning", f"--outfile={bundle}"]
    subprocess.run([esbuild, ROOT / "tests/client" / source, *options], check=True, cwd=ROOT)

    def run(cases):
        lines = "".join(json.dumps(case) + "\n" for case in cases)
        done = subprocess.run(
            [node, bundle], input=lines, capture_output=True, text=True, check=True, timeout=50
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run
