"""`./dev lint`: all that can be said about the code without running its tests."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
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
        "Format": [programs / "ruff", "format", "--check", "--quiet", "."],
        "Lint": [programs / "ruff", "check", "."],
        "Format of templates": [programs / "djade", "--check", "--target-version", "5.2", *_templates()],
        "Import ladder": [programs / "lint-imports"],
        "Dependencies": [programs / "deptry", "."],
        "Types of the client": [ROOT / "node_modules" / ".bin" / "tsc", "--noEmit"],
        "Types of the server": [programs / "mypy"],
        "Migrations": manage("makemigrations", "--check", "--dry-run"),
        "Django's own checks": manage("check", "--fail-level", "WARNING"),
    }


def _templates() -> list[Path]:
    return [path for app in APPS for path in sorted((ROOT / app).glob("**/templates/**/*.html"))]


def run_checks() -> list[str]:
    """Runs them all, whatever fails, and gives the names of those that failed."""
    failed = []
    with tempfile.TemporaryDirectory(prefix="synergy-check-") as data_dir:
        environment = {**clean_environment(), "DATA_DIR": data_dir}
        for name, command in _checks().items():
            step = Step(name)
            code, said = step.run(command, environment)
            step.end("FAILED" if code else "")
            if code:
                say(f"{said}\n")
                failed.append(name)
    return failed


def clean_environment() -> dict[str, str]:
    """Without the settings of the person who checks: everyone gets the same answers."""
    ours = {setting.metadata["variable"] for setting in fields(Config)}
    kept = {name: value for name, value in with_node().items() if name not in ours}
    return kept | {"PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", "")}
