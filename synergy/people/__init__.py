"""Persons, institutions, invitations and sign-in."""
