"""Challenges of the demonstration, by invented institutions."""
