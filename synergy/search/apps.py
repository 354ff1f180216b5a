from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding things by words, whatever their case, accents and endings."""

    name = "synergy.search"
    label = "search"

    def ready(self) -> None:
        from synergy.journal.companions import accompany
        from synergy.search.index import note_facts

        accompany(note_facts)
