import re

import pytest
from django.apps import apps

EIGENE = {"praeventionsketten", "kommunen", "angebote", "veranstaltungen"}
UMSCHRIFT = re.compile(r"ae|oe|(?<!q)ue")


def felder():
    for model in apps.get_models():
        if model._meta.app_label in EIGENE:
            yield from model._meta.concrete_fields


@pytest.mark.haus
def test_a_person_never_reads_the_ascii_spelling_of_a_field():
    umschrieben = {str(feld) for feld in felder() if UMSCHRIFT.search(feld.name)}
    ohne_namen = {
        str(feld) for feld in felder() if feld.verbose_name == feld.name.replace("_", " ")
    }

    assert umschrieben & ohne_namen == set()
