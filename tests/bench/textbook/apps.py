from django.apps import AppConfig


class TextbookConfig(AppConfig):
    name = "tests.bench.textbook"
    label = "textbook"
