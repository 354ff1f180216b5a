"""`./dev lint`: all that can be said about the code without running its tests."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import fields
from pathlib import Path

from synergy.conf import Config
from tools.environment import VENV, install_everything, manage, with_node
from tools.steps import ROOT, Failed, Step, say

APPS = ("rooms", "sessions", "challenges", "synergy")


def lint(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="./dev lint", description="Checks the code without running its tests."
    )
    parser.parse_args(arguments)
    say("Checks")
    install_everything()
    failed = run_checks()
    if failed:
        raise Failed(f"Failed: {', '.join(failed)}.")
    say("\nAll checks passed.")


def _checks() -> dict[str, list[str | Path]]:
    programs = VENV / "bin"
    return {
        # The longest comes first: the others are done beside it.
        "Types of the server": [programs / "mypy"],
        "Format": [programs / "ruff", "format", "--check", "--quiet", "."],
        "Lint": [programs / "ruff", "check", "."],
        "Format of templates": [programs / "djade", "--check", "--target-version", "5.2", *_templates()],
        "Import ladder": [programs / "lint-imports"],
        "Dependencies": [programs / "deptry", "."],
        "Types of the client": [ROOT / "node_modules" / ".bin" / "tsc", "--noEmit"],
        "Migrations": manage("makemigrations", "--check", "--dry-run"),
        "Django's own checks": manage("check", "--fail-level", "WARNING"),
    }


def _templates() -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).glob("**/templates/**/*.html"))]


def run_checks() -> list[str]:
    """Runs them all side by side, whatever fails, and gives the names of those that failed."""
    failed = []
    with (
        tempfile.TemporaryDirectory(prefix="synergy-check-") as data_dir,
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        environment = {**clean_environment(), "DATA_DIR": data_dir}
        running = {name: pool.submit(_run, command, environment) for name, command in _checks().items()}
        for name, check in running.items():
            step = Step(name)
            while not check.done():
                step.tick()
                wait([check], 0.2)
            done = check.result()
            step.end("FAILED" if done.returncode else "")
            if done.returncode:
                say(f"{done.stdout.strip()}\n")
                failed.append(name)
    return failed


def _run(command: Sequence[str | Path], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


def clean_environment() -> dict[str, str]:
    """Without the settings of the person who checks: everyone gets the same answers."""
    ours = {setting.metadata["variable"] for setting in fields(Config)}
    return {name: value for name, value in with_node().items() if name not in ours}
