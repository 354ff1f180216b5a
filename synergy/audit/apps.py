from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "synergy.audit"
    label = "audit"
