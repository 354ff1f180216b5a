"""Programmes, editions, cohorts and the seats people have in them."""
