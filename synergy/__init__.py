"""The project: wiring on top, shared ground below."""
