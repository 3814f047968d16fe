from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("email", models.TextField(unique=True)),
                ("role", models.TextField(choices=[("agent", "Agent"), ("customer", "Customer")])),
                ("title", models.TextField()),
            ],
        ),
    ]
