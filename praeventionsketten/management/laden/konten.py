"""One account per role, with passwords made here and written where only the owner reads."""

import os
import secrets

from django.conf import settings
from django.contrib.auth.models import Group

from kommunen.models import Kommune, Zustaendigkeit
from praeventionsketten import rollen
from praeventionsketten.models import Konto

from .quelle import Eintrag, Verweise

DATEI = "demo-zugaenge.txt"
ZEICHEN = "abcdefghjkmnpqrstuvwxyz23456789"

# Role, e-mail, name, and the Kommune somebody coordinates.
KONTEN = (
    (rollen.KOORDINATION, "koordination@example.org", "Koordination Werra-Meißner-Kreis", "werra-meissner-kreis"),
    (rollen.KOORDINATION, "koordination-kassel@example.org", "Koordination Stadt Kassel", "stadt-kassel"),
    (rollen.VERANSTALTUNGSTEAM, "veranstaltungsteam@example.org", "Veranstaltungsteam", None),
    (rollen.REDAKTION, "redaktion@example.org", "Redaktion", None),
    (rollen.ADMINISTRATION, "administration@example.org", "Administration", None),
)  # fmt: skip


def konten() -> int:
    zeilen = []
    for rolle, email, name, kommune in KONTEN:
        if Konto.objects.filter(email=email).exists():
            continue
        passwort = _passwort()
        konto = Konto.objects.create_user(email, passwort, name=name)
        konto.groups.add(Group.objects.get(name=rolle))
        if kommune:
            pk = Verweise().pk(Kommune, kommune, Eintrag({}, email))
            Zustaendigkeit.objects.create(konto=konto, kommune_id=pk)
        zeilen.append(f"{rolle}\t{email}\t{passwort}\n")
    if zeilen:
        _schreibe(zeilen)
    return len(zeilen)


def _passwort() -> str:
    """Four groups of four: about 79 bits, and still easy to copy by hand."""
    return "-".join("".join(secrets.choice(ZEICHEN) for _ in range(4)) for _ in range(4))


def _schreibe(zeilen: list[str]) -> None:
    """Add the new accounts; a line of an earlier database with the same address goes."""
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    pfad = settings.VAR_DIR / DATEI
    alte = pfad.read_text(encoding="utf-8").splitlines(keepends=True) if pfad.exists() else []
    neue = {zeile.split("\t")[1] for zeile in zeilen}
    bleibende = [zeile for zeile in alte if zeile.split("\t")[1] not in neue]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with open(os.open(pfad, flags, 0o600), "w", encoding="utf-8") as datei:
        datei.writelines(bleibende + zeilen)
