"""The pages of opening day: rendered once for everybody, filled in for each who comes."""

import uuid

from django.urls import reverse
from django.utils.translation import gettext

from praeventionsketten.lib.adresse import absolut
from praeventionsketten.schablone import Html, Schablone, marke
from veranstaltungen.aushang import Aushang
from veranstaltungen.forms import AnmeldungForm
from veranstaltungen.models import Platzkontingent, Veranstaltung

from .rahmen import rahmen


def _feld(kontingent: Platzkontingent) -> str:
    return f"platz {kontingent.pk}"


class Vordruck(AnmeldungForm):
    """The empty form, with marks where it differs from one person to the next."""

    @staticmethod
    def ansage(kontingent: Platzkontingent) -> str:
        return marke(_feld(kontingent))

    haus_ansage = ansage


def formular(aushang: Aushang, veranstaltung: Veranstaltung, csrf_token: str) -> Html:
    """The registration form as it is first seen, with the seats of this moment."""
    kontingente = veranstaltung.kontingente.all()
    haus_voll = not veranstaltung.haus.hat_platz
    # Numbers are filled in; what is closed or full decides what can be chosen at all.
    schluessel = (
        "formular",
        haus_voll,
        *((k.pk, k.gesperrt, k.hat_platz) for k in kontingente),
    )
    schablone = aushang.schablone(schluessel, lambda: _vordruck(aushang, veranstaltung))
    ansagen = {_feld(k): AnmeldungForm.ansage(k) for k in kontingente}
    if haus_voll:
        ansagen[_feld(veranstaltung.haus)] = AnmeldungForm.haus_ansage(veranstaltung.haus)
    return schablone.fuelle(
        ansagen | {"csrf_token": csrf_token, "schluessel": str(uuid.uuid4())}
    )


def _vordruck(aushang: Aushang, veranstaltung: Veranstaltung) -> Schablone:
    form = Vordruck(
        veranstaltung=veranstaltung,
        texte=aushang.texte,
        initial={"schluessel": marke("schluessel")},
    )
    return Schablone(
        "veranstaltungen/anmelden.html",
        ["csrf_token"],
        form=form,
        programm=aushang.programm,
        seitenadresse=absolut(reverse("anmelden", args=[veranstaltung.slug])),
        **rahmen(veranstaltung, gettext("Anmeldung")),
    )


def fertig(aushang: Aushang, email: str) -> Html:
    """The page after the form; without an address where somebody opens it again later."""
    schablone = aushang.schablone(
        ("fertig", bool(email)), lambda: _fertig(aushang, bool(email))
    )
    return schablone.fuelle({"email": email})


def _fertig(aushang: Aushang, mit_adresse: bool) -> Schablone:
    veranstaltung = aushang.veranstaltung
    return Schablone(
        "veranstaltungen/anmelden_fertig.html",
        ["email"] if mit_adresse else [],
        programm=aushang.programm,
        seitenadresse=absolut(reverse("anmelden_fertig", args=[veranstaltung.slug])),
        **rahmen(veranstaltung, gettext("Bitte bestätigen")),
    )
