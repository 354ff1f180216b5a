"""Boards of gatherings that were held elsewhere: reading their files, and putting them on a wall."""

from sessions.openspace.boards.board import Board, BoardError, Remark
from sessions.openspace.boards.importing import import_boards
from sessions.openspace.boards.reading import read_boards
from sessions.openspace.boards.writing import BoardImport

__all__ = ["Board", "BoardError", "BoardImport", "Remark", "import_boards", "read_boards"]
