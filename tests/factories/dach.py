"""The roof: the programme, accounts, mails, pages."""

import itertools

from praeventionsketten.models import Konto, Landesprogramm, Mail, Seite, Status, Wortgruppe

nummer = itertools.count(1)


def begriff(model, code: str, **fields):
    """Get or create a word of a vocabulary by its code."""
    begriff, _ = model.objects.get_or_create(
        code=code, defaults={"name": code.title()} | fields
    )
    return begriff


def make_landesprogramm(**fields) -> Landesprogramm:
    defaults = {
        "pk": 1,
        "name": "Landesprogramm Präventionsketten Hessen",
        "kurzname": "Präventionsketten Hessen",
        "claim": "Gelingendes Aufwachsen, Kinderrechte leben",
        "leitsatz": "Damit kein Kind den Faden verliert",
        "land": "Hessen",
        "traeger": "Träger e. V.",
        "stelle": "Landeskoordinierungsstelle",
        "email": "programm@example.org",
        "hilfenummern": "116 111 | Nummer gegen Kummer",
    }
    programm, _ = Landesprogramm.objects.update_or_create(pk=1, defaults=defaults | fields)
    return programm


def make_konto(**fields) -> Konto:
    password = fields.pop("password", "ein-langes-passwort")
    n = next(nummer)
    defaults = {"email": f"konto{n}@example.org", "name": f"Konto {n}"}
    return Konto.objects.create_user(password=password, **defaults | fields)


def make_mail(**fields) -> Mail:
    n = next(nummer)
    defaults = {
        "schluessel": f"mail-{n}",
        "an": f"mail{n}@example.org",
        "betreff": "Guten Tag",
        "text": "Schön, dass Sie da sind.\n",
        "message_id": f"<mail-{n}@portal.example.org>",
    }
    return Mail.objects.create(**defaults | fields)


def make_seite(**fields) -> Seite:
    defaults = {"titel": "Impressum", "slug": "impressum", "status": Status.VEROEFFENTLICHT}
    return Seite.objects.create(**defaults | fields)


def make_wortgruppe(art: str, woerter: str) -> Wortgruppe:
    return Wortgruppe.objects.create(art=art, woerter=woerter)
