"""Task groups: who works with whom on which challenge, on one day of a session."""
