"""The log of the admin says who did what to which row, and names nobody else."""

import pytest
from django.contrib.admin.models import LogEntry

from praeventionsketten import rollen
from praeventionsketten.models import Barrieremeldung
from tests import factories as f

from .formulare import senden

pytestmark = pytest.mark.django_db

KONTO = "/verwaltung/praeventionsketten/konto/"


def protokoll() -> str:
    return " ".join(f"{e.object_repr} {e.get_change_message()}" for e in LogEntry.objects.all())


def test_a_changed_account_is_logged_by_number(anmelden):
    alex = f.make_konto(name="Alex Beispiel", email="alex@kita.de")
    f.make_zustaendigkeit(konto=alex)

    senden(anmelden(rollen.ADMINISTRATION), f"{KONTO}{alex.pk}/change/", name="Alex Neu")

    eintrag = LogEntry.objects.get()
    assert (eintrag.object_repr, eintrag.object_id) == (f"Konto {alex.pk}", str(alex.pk))
    assert "Name" in eintrag.get_change_message()
    assert "alex" not in protokoll().lower()


def test_what_is_added_beside_an_account_names_nobody(anmelden):
    alex = f.make_konto(name="Alex Beispiel", email="alex@kita.de")

    senden(
        anmelden(rollen.ADMINISTRATION),
        f"{KONTO}{alex.pk}/change/",
        **{
            "zustaendigkeiten-TOTAL_FORMS": 1,
            "zustaendigkeiten-0-kommune": f.make_kommune().pk,
            "zustaendigkeiten-0-von": "01.01.2026",
        },
    )

    assert alex.zustaendigkeiten.count() == 1
    assert "Zuständigkeit" in protokoll()
    assert "alex" not in protokoll().lower()


def test_deleting_a_report_does_not_keep_who_sent_it(anmelden):
    meldung = Barrieremeldung.objects.create(text="Zu klein", name="Alex", email="alex@kita.de")

    anmelden(rollen.REDAKTION).post(
        f"/verwaltung/praeventionsketten/barrieremeldung/{meldung.pk}/delete/", {"post": "yes"}
    )

    assert LogEntry.objects.get().object_repr == f"Barrieremeldung {meldung.pk}"


def test_what_is_public_anyway_is_logged_by_its_name(koordination, eigenes):
    angebot = eigenes["angebot"]

    senden(
        koordination, f"/verwaltung/angebote/angebot/{angebot.pk}/change/", titel="Elterncafé"
    )

    assert LogEntry.objects.get().object_repr == "Elterncafé"
