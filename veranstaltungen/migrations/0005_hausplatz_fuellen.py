from django.db import migrations

MIT_PLATZ = ["unbestaetigt", "bestaetigt", "angeboten"]


def fuellen(apps, schema_editor):
    """Every registration so far held a seat of the house while it was active."""
    Anmeldung = apps.get_model("veranstaltungen", "Anmeldung")
    Anmeldung.objects.using(schema_editor.connection.alias).filter(
        status__in=MIT_PLATZ
    ).update(hausplatz=True)


class Migration(migrations.Migration):
    dependencies = [("veranstaltungen", "0004_warteliste")]

    operations = [migrations.RunPython(fuellen, migrations.RunPython.noop)]
