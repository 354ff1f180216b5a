from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OperationsConfig(AppConfig):
    name = "synergy.operations"

    def ready(self) -> None:
        from synergy.operations import checks  # noqa: F401 - registers itself
        from synergy.operations.gauges import register
        from synergy.tracing import mark_statements

        register()
        connection_created.connect(mark_statements)
