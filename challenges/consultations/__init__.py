"""Peer consultation: a task group works on its challenge step by step, and answers with recommendations."""
