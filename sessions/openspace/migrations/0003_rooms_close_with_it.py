from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("openspace", "0002_imported_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="space",
            name="closed_with_gathering",
            field=models.BooleanField(default=False),
        ),
    ]
