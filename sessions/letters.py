"""The letters of a join code: short, easy to read from a screen, hard to mistake and to guess."""

from __future__ import annotations

import secrets

ALPHABET = "BCDFGHJKMNPRSTWXZ"
"""No vowels, so that no words come out; nothing that looks like a digit or like another letter."""
LENGTH = 6

_CYRILLIC_TWINS = str.maketrans("ВСНКМРТХ", "BCHKMPTX")
"""Letters of a Bulgarian keyboard that look the same as those on the screen."""


def new_letters() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_letters(typed: str) -> str:
    """What somebody typed, as the code is kept: any case, with or without dash and spaces, either keyboard."""
    return "".join(char for char in typed.upper().translate(_CYRILLIC_TWINS) if char.isalnum())


def show_letters(letters: str) -> str:
    """In two groups: "KTM-RXC"."""
    return f"{letters[:3]}-{letters[3:]}"
