"""The demonstration: invented people, institutions and conversations."""
