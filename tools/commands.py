"""The table of commands of `./dev`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.checks import lint
from tools.environment import (
    PYTHON,
    build_client,
    install_client,
    install_everything,
    install_python,
    keep_bytecode,
    make_venv,
    manage,
    node,
    uv,
    with_node,
)
from tools.run import run
from tools.steps import ROOT, Failed, alone, asks_for_help, cause_of, do, say
from tools.test import test


def main(words: Sequence[str], overview: str) -> None:
    word = words[0] if words else "--help"
    if word in ("-h", "--help", "help"):
        say(overview.strip())
        return
    try:
        if word not in COMMANDS:
            raise Failed(f"There is no ./dev {word}. There are: {', '.join(COMMANDS)}.")
        keep_bytecode()
        COMMANDS[word](words[1:])
    except Failed as failure:
        sys.exit(f"dev: {failure}")
    except KeyboardInterrupt:
        sys.exit("\ndev: Stopped.")
    except OSError as error:
        cause = cause_of(error)
        if cause is None:
            raise
        sys.exit(f"dev: {cause}")


def _build(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="./dev build", description="Bundles what the browser gets.")
    parser.add_argument("--watch", action="store_true", help="bundle again on every change, until Ctrl-C")
    options = parser.parse_args(arguments)
    with alone():
        make_venv()
        install_client()
        if not options.watch:
            build_client()
            return
    _become([node() / "node", "build.mjs", "--watch"])


def _bench(arguments: Sequence[str]) -> None:
    if asks_for_help(arguments):
        say(
            "usage: ./dev bench [OPTIONS]\n\n"
            "Measures how fast Synergy is, beside others on the same machine, in about ten minutes.\n"
            "  --quick      about three minutes\n"
            "  --only NAME  measure ws, textbook, small or large, or in Synergy alone notes or wall; may be repeated"
        )
        return
    install_everything()
    os.environ.update(with_node())
    _become([PYTHON, "-m", "tests.bench", *arguments])


def _tour(arguments: Sequence[str]) -> None:
    install_everything()
    with alone():
        build_client()
    _become([PYTHON, "-m", "tests.tour", *arguments])


def _manage(arguments: Sequence[str]) -> None:
    with alone():
        install_python("requirements")
    _become(manage(*arguments))


def _shell(arguments: Sequence[str]) -> None:
    if asks_for_help(arguments):
        say(
            "usage: ./dev shell [OPTIONS]\n\n"
            "A Python shell with Synergy's models. Options go to Django's shell:\n"
            "  -c COMMAND    run COMMAND and end"
        )
        return
    _manage(["shell", *arguments])


def _lock(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(
        prog="./dev lock", description="Locks the versions of all dependencies anew."
    )
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that are allowed")
    options = parser.parse_args(arguments)
    program = uv()
    if not program:
        raise Failed("Locking needs uv, see docs.astral.sh/uv")
    compile_ = [
        program,
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--python-version",
        "3.11",
        "--no-header",
    ]
    how = ["--generate-hashes", "--no-emit-index-url", *(["--upgrade"] if options.upgrade else [])]
    for name, more in {
        "requirements": [],
        "requirements-dev": ["--constraints", "requirements.txt"],
        "requirements-node": [],
    }.items():
        do(name, [*compile_, *how, *more, f"{name}.in", "--output-file", f"{name}.txt"])
    task = "update" if options.upgrade else "install"
    do("package-lock", ["npm", task, "--package-lock-only", "--no-audit", "--no-fund"], with_node())


def _become(command: Sequence[str | Path]) -> None:
    os.chdir(ROOT)
    os.execv(command[0], [str(word) for word in command])


COMMANDS: dict[str, Callable[[Sequence[str]], None]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "build": _build,
    "bench": _bench,
    "tour": _tour,
    "shell": _shell,
    "manage": _manage,
    "lock": _lock,
}
