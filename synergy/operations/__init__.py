"""For those who run Synergy: is it well, how much does it carry, backup and restore."""
