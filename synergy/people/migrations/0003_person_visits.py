from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_picture_storage")]

    operations = [
        migrations.AddField(
            model_name="person", name="seen_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="person", name="left_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
