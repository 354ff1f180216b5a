"""How webhooks are posted: as all that goes to addresses that somebody gave."""

from synergy.posting import Answer, address_of, look_up, post

__all__ = ["Answer", "address_of", "look_up", "post"]
