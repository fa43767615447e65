"""Looks into every table and file for people who were erased.

An address may lawfully stand elsewhere: in another registration, in a Konto. What counts
as left over is a hit in a field that is not declared as personal, and a hit in any row
that belongs to what was erased.
"""

import base64
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models

from praeventionsketten.lib import fristen
from praeventionsketten.lib.spuren import ADRESSE, Spuren
from praeventionsketten.models import Mail

OHNE_TEXT = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".pdf", ".gz", ".woff2"}
ZU_GROSS = 20 * 1024 * 1024


@dataclass(frozen=True)
class Geloescht:
    """The rows that were erased, and how other rows name them."""

    model: type[models.Model]
    pks: frozenset[int]

    @property
    def art(self) -> str:
        """How the outbox names this kind: „anmeldung-17“, „anmeldung-17-abgegeben“."""
        return self.model._meta.model_name

    def meint(self, bezug: str) -> bool:
        art, _, rest = bezug.partition("-")
        nummer = rest.partition("-")[0]
        return art == self.art and nummer.isdecimal() and int(nummer) in self.pks

    def gehoert_dazu(self, zeile: models.Model) -> bool:
        """Whether a row is one of them, or hangs on one."""
        if isinstance(zeile, self.model):
            return zeile.pk in self.pks
        if isinstance(zeile, LogEntry):
            art = ContentType.objects.get_for_model(self.model)
            return zeile.content_type_id == art.pk and zeile.object_id in map(str, self.pks)
        if isinstance(zeile, Mail):
            # A last mail goes out first and then leaves nothing.
            return self.meint(zeile.bezug) and not zeile.fluechtig
        return any(
            feld.related_model is self.model and getattr(zeile, feld.attname) in self.pks
            for feld in zeile._meta.concrete_fields
            if feld.is_relation
        )


def reste(spuren: Spuren, geloescht: Geloescht) -> list[str]:
    """Where they still stand, as places without a word of what stands there."""
    if not spuren:
        return []
    funde = [*_in_models(spuren, geloescht), *_in_tabellen(spuren), *_in_dateien(spuren)]
    return sorted(set(funde))


def _in_models(spuren: Spuren, geloescht: Geloescht) -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        felder = [f for f in model._meta.concrete_fields if _ist_text(f)]
        if not felder:
            continue
        eintrag = fristen.erklaert(model)
        erklaerte = set(eintrag.felder) if eintrag else set()
        for zeile in model._base_manager.iterator(chunk_size=500):
            for feld in felder:
                if not spuren.in_text(_text(zeile, feld)):
                    continue
                if feld.name not in erklaerte or geloescht.gehoert_dazu(zeile):
                    yield f"{model._meta.label}:{zeile.pk}.{feld.name}"


def _ist_text(feld: models.Field) -> bool:
    return isinstance(feld, models.CharField | models.TextField | models.JSONField)


def _text(zeile: models.Model, feld: models.Field) -> str:
    if isinstance(zeile, Session) and feld.name == "session_data":
        return json.dumps(zeile.get_decoded(), ensure_ascii=False, default=str)
    wert = getattr(zeile, feld.attname)
    if isinstance(wert, str):
        return wert
    return json.dumps(wert, ensure_ascii=False) if wert else ""


def _in_tabellen(spuren: Spuren) -> Iterator[str]:
    """Tables without a model, such as the cache with its values in base64."""
    mit_model = {m._meta.db_table for m in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        for tabelle in connection.introspection.table_names(cursor):
            if tabelle in mit_model:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(tabelle)}")  # noqa: S608
            if any(
                spuren.in_text(text)
                for zeile in cursor.fetchall()
                for wert in zeile
                if isinstance(wert, str)
                for text in (wert, _aus_base64(wert))
            ):
                yield tabelle


def _aus_base64(wert: str) -> str:
    try:
        text = base64.b64decode(wert, validate=True).decode(errors="replace")
    except ValueError:
        return ""
    # In front of a pickled string stands its length, which may look like a letter.
    return " ".join([text, *(adresse[1:] for adresse in ADRESSE.findall(text))])


def _in_dateien(spuren: Spuren) -> Iterator[str]:
    # Our own style sheets; and what stands for the mailboxes of the recipients.
    ausgenommen = [Path(settings.STATIC_ROOT), Path(getattr(settings, "EMAIL_FILE_PATH", "/-"))]
    for ordner in {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}:
        for pfad in ordner.rglob("*"):
            if not pfad.is_file() or any(map(pfad.is_relative_to, ausgenommen)):
                continue
            ort = pfad.relative_to(ordner)
            if spuren.in_text(str(ort.with_suffix(""))) or spuren.in_text(_dateitext(pfad)):
                # The name of a file may itself be what must not be told.
                yield f"{ordner.name}/…{pfad.suffix} ({pfad.stat().st_ino})"


def _dateitext(pfad: Path) -> str:
    datenbank = str(connection.settings_dict["NAME"])
    if pfad.suffix.lower() in OHNE_TEXT or str(pfad).startswith(datenbank):
        return ""
    if pfad.stat().st_size > ZU_GROSS:
        return ""
    if pfad.suffix == ".eml":
        teile = message_from_bytes(pfad.read_bytes(), policy=policy.default)
        inhalte = [str(teile["To"]), str(teile["Subject"])]
        inhalte += [t.get_content() for t in teile.walk() if t.get_content_maintype() == "text"]
        return "\n".join(inhalte)
    if zipfile.is_zipfile(pfad):
        with zipfile.ZipFile(pfad) as archiv:
            return "\n".join(archiv.read(n).decode(errors="ignore") for n in archiv.namelist())
    return pfad.read_text(errors="ignore")
