"""A whole gathering as one file: kept, moved to another installation, opened again."""

from sessions.openspace.archive.exporting import export_gathering
from sessions.openspace.archive.file import ArchiveError, GatheringFile, file_of, read_file
from sessions.openspace.archive.importing import import_gathering

__all__ = [
    "ArchiveError",
    "GatheringFile",
    "export_gathering",
    "file_of",
    "import_gathering",
    "read_file",
]
