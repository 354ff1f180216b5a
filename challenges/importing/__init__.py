"""Public challenges from elsewhere, as drafts that an institution can make its own."""

from challenges.importing.reading import ImportFailed, read_records
from challenges.importing.writing import ChallengeImport, import_challenges

__all__ = ["ChallengeImport", "ImportFailed", "import_challenges", "read_records"]
