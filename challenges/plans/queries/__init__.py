"""Reads, through the person who looks: a plan that one may not see cannot be in hand."""
