"""The log: what happened in each stream, in order, by whom and when."""
