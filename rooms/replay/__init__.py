"""Replaying real chats through the real doors: a rehearsal that ends with a verdict."""
