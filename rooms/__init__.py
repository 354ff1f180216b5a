"""Places where people are together: rooms with chat, files and presence."""
