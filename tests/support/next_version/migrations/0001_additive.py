"""What may be migrated while the version before still serves; see "Upgrade without a break" in docs/operations.md."""

from django.db import migrations, models


class OfAnotherApp(migrations.RunPython):
    """Adds columns to the table that everybody writes to at this moment."""

    def __init__(self):
        super().__init__(self._add, migrations.RunPython.noop)

    @staticmethod
    def _add(apps, schema_editor):
        from rooms.models import Message

        for name, field in (
            ("tone", models.CharField(max_length=20, null=True)),
            ("weight", models.IntegerField(db_default=1)),
        ):
            field.set_attributes_from_name(name)
            field.model = Message
            schema_editor.add_field(Message, field)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Addition",
            [("id", models.BigAutoField(primary_key=True)), ("about", models.CharField(max_length=20))],
        ),
        migrations.AddIndex("addition", models.Index("about", name="next_version_about")),
        OfAnotherApp(),
    ]
