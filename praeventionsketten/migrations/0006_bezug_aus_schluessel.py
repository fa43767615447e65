from django.db import migrations
from django.db.models import Value
from django.db.models.functions import StrIndex, Substr


def bezug_eintragen(apps, schema_editor):
    """Mails of registrations carried what they are about in front of the colon of their key."""
    Mail = apps.get_model("praeventionsketten", "Mail")
    doppelpunkt = StrIndex("schluessel", Value(":"))
    Mail.objects.filter(schluessel__regex=r"^anmeldung-[0-9]+:", bezug="").update(
        bezug=Substr("schluessel", 1, doppelpunkt - 1)
    )


class Migration(migrations.Migration):
    dependencies = [("praeventionsketten", "0005_post_mit_bezug_und_lease")]

    operations = [migrations.RunPython(bezug_eintragen, migrations.RunPython.noop)]
