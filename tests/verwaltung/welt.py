"""Two Kommunen with a row of every kind; in the foreign one every text carries a mark."""

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image

from kommunen.models import (
    Beteiligung,
    Gremium,
    Kennzahl,
    Kommune,
    Meilenstein,
    Steckbriefdokument,
    Teilraum,
)
from praeventionsketten import checks, rollen
from praeventionsketten.models import Bild, Konto
from tests import factories as f
from veranstaltungen.models import (
    Bedarf,
    Einwilligung,
    Einwilligungstext,
    Fachforum,
    Forumswahl,
    Programmpunkt,
    Protokoll,
    Veranstaltungsdokument,
)

MARKE = "Qzx7Marke"


def make_mitglied(*namen: str, kommunen=(), **fields) -> Konto:
    """A Konto with these roles and Kommunen."""
    konto = f.make_konto(**fields)
    konto.groups.set(Group.objects.filter(name__in=namen))
    for kommune in kommunen:
        f.make_zustaendigkeit(konto=konto, kommune=kommune)
    return Konto.objects.get(pk=konto.pk)


def bilddatei() -> ContentFile:
    puffer = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(puffer, "PNG")
    return ContentFile(puffer.getvalue(), name="bild.png")


@dataclass
class Haus:
    """A Kommune and everything that belongs to it."""

    kommune: Kommune
    zeilen: list = field(default_factory=list)

    def __getitem__(self, name: str):
        return next(z for z in self.zeilen if z._meta.model_name == name)


def make_haus(name: str) -> Haus:
    """One row of every model that has a way to a Kommune."""
    kommune = f.make_kommune(name=name, kurzname=name, status="entwurf")
    haus = Haus(kommune, [kommune])
    haus.zeilen += [*_steckbrief(kommune), *_angebot(kommune), *_veranstaltung(kommune)]
    haus.zeilen.append(
        Bild.objects.create(
            datei=bilddatei(), titel="Bild", alternativtext="x", nachweis="x", kommune=kommune
        )
    )
    konto = make_mitglied(rollen.KOORDINATION, kommunen=[kommune])
    haus.zeilen.append(konto.zustaendigkeiten.get())
    return haus


def _steckbrief(kommune) -> list:
    tag = dt.date(2024, 5, 1)
    teilraum = Teilraum.objects.create(kommune=kommune, name="Ort", slug="ort", art="stadt")
    teil = {"kommune": kommune, "teilraum": teilraum}
    return [
        teilraum,
        f.make_koordination(kommune=kommune, name_einwilligung=True),
        Gremium.objects.create(name="Gremium", typ=f.make_gremientyp(), **teil),
        Meilenstein.objects.create(
            titel="Schritt",
            prozessschritt=f.make_prozessschritt(),
            datum=tag,
            stand="laeuft",
            **teil,
        ),
        Beteiligung.objects.create(titel="Umfrage", wer="Kinder", datum=tag, **teil),
        Kennzahl.objects.create(bezeichnung="Kinder", wert=3, **teil),
        Steckbriefdokument.objects.create(
            kommune=kommune, titel="Plan", link="https://example.org/plan"
        ),
    ]


def _angebot(kommune) -> list:
    einrichtung = f.make_einrichtung(kommune=kommune)
    ort = f.make_ort(kommune=kommune)
    angebot = f.make_angebot(
        kommune=kommune,
        einrichtung=einrichtung,
        status="entwurf",
        orte=[ort],
        hinweis_bis=dt.date(2030, 1, 1),
    )
    return [
        einrichtung,
        ort,
        angebot,
        f.make_kontakt(angebot),
        f.make_zeitfenster(angebot, ort=ort),
        f.make_termin(angebot, ort=ort),
        f.make_bestaetigung(angebot),
        f.make_hinweis(angebot),
        f.make_vorschlag(angebot),
        f.make_erhebung(kommune),
        f.make_abgleichrunde(kommune),
    ]


def _veranstaltung(kommune) -> list:
    fachtag = f.make_fachtag(foren=1, durchgaenge=1, status="entwurf")
    fachtag.kommunen.add(kommune)
    Fachforum.objects.filter(veranstaltung=fachtag).update(kommune=kommune)
    forum, durchgang = fachtag.fachforen.get(), fachtag.durchgaenge.get()
    kontingent = fachtag.kontingente.get(fachforum=forum)
    anmeldung = f.make_anmeldung(veranstaltung=fachtag)
    bericht = f.make_bericht(veranstaltung=fachtag, status="entwurf")
    text, _ = Einwilligungstext.objects.get_or_create(
        zweck="foto", fassung=90, defaults={"text": "Fotos erlaubt."}
    )
    return [
        fachtag,
        Bedarf.objects.create(anmeldung=anmeldung, art="essen", text="ohne Nüsse"),
        Einwilligung.objects.create(anmeldung=anmeldung, zweck="foto", text=text),
        Protokoll.objects.create(
            veranstaltung=fachtag, anmeldung=anmeldung, wer="person", was="angemeldet"
        ),
        forum,
        durchgang,
        kontingent,
        anmeldung,
        bericht,
        f.make_beitrag(bericht=bericht, kommune=kommune),
        Forumswahl.objects.create(
            anmeldung=anmeldung,
            kontingent=kontingent,
            fachforum=forum,
            durchgang=durchgang,
            position=1,
        ),
        Programmpunkt.objects.create(
            veranstaltung=fachtag, beginn=dt.time(9), ende=dt.time(10), titel="Auftakt"
        ),
        Veranstaltungsdokument.objects.create(
            veranstaltung=fachtag, titel="Plan", link="https://example.org/plan"
        ),
    ]


def markieren(haus: Haus) -> None:
    """Write the mark into every text field of every row, past all validation."""
    for zeile in haus.zeilen:
        texte = {
            feld.name: f"{MARKE}{zeile.pk}"
            for feld in zeile._meta.fields
            if isinstance(feld, models.CharField | models.TextField | models.SlugField)
            and not feld.choices
            and not isinstance(feld, models.FileField)
            and (feld.max_length or 999) >= 20
            and feld.name not in {"email_norm", "public_id"}
        }
        type(zeile)._base_manager.filter(pk=zeile.pk).update(**texte)
        zeile.refresh_from_db()


def models_mit_weg() -> set[type[models.Model]]:
    """Every model from whose rows one comes to a Kommune."""
    return {
        apps.get_model(label)
        for label in rollen.RECHTE
        if checks.way_to_kommune(apps.get_model(label))
    }
