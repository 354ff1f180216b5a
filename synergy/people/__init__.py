"""Persons, institutions and sign-in."""
