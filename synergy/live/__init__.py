"""The way out and the doors: relay, hub, presence, socket, HTTP door, command table."""
