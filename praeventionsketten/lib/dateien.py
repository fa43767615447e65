"""What may be uploaded: pictures as JPEG, PNG or WebP, documents as PDF, never SVG."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image, ImageOps

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXEL = 60_000_000
MAX_KANTE = 2400
BILDFORMATE = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def _liegt_schon_hier(datei) -> bool:
    # Looking into a stored file again would open it and leave it open.
    return getattr(datei, "_committed", False)


def _pruefe_groesse(datei) -> None:
    if datei.size > MAX_BYTES:
        raise ValidationError("Die Datei ist größer als 10 MB. Bitte verkleinern Sie sie.")


def ist_erlaubtes_bild(datei) -> None:
    """Raise ValidationError unless the file really is a JPEG, PNG or WebP of bearable size."""
    if _liegt_schon_hier(datei):
        return
    _pruefe_groesse(datei)
    try:
        datei.seek(0)
        with Image.open(datei) as bild:
            if bild.format not in BILDFORMATE or bild.width * bild.height > MAX_PIXEL:
                raise ValidationError("Bitte laden Sie ein Bild als JPEG, PNG oder WebP hoch.")
            bild.verify()
    except (OSError, SyntaxError, Image.DecompressionBombError) as fehler:
        raise ValidationError("Die Datei ist kein lesbares Bild.") from fehler
    finally:
        datei.seek(0)


def ist_pdf(datei) -> None:
    """Raise ValidationError unless the file starts like a PDF."""
    if _liegt_schon_hier(datei):
        return
    _pruefe_groesse(datei)
    datei.seek(0)
    anfang = datei.read(1024)
    datei.seek(0)
    if b"%PDF-" not in anfang:
        raise ValidationError("Bitte laden Sie eine PDF-Datei hoch.")


def bereinigtes_bild(datei) -> ContentFile:
    """The picture re-encoded: upright, at most 2400 px, without EXIF or position.

    The result's name has the extension of its real format.
    """
    datei.seek(0)
    with Image.open(datei) as original:
        format_ = original.format
        bild = ImageOps.exif_transpose(original)
        bild.thumbnail((MAX_KANTE, MAX_KANTE))
        hat_alpha = format_ != "JPEG" and bild.has_transparency_data
        bild = bild.convert("RGBA" if hat_alpha else "RGB")
        ziel = BytesIO()
        bild.save(ziel, format_, quality=85)
    stamm = datei.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return ContentFile(ziel.getvalue(), name=f"{stamm}.{BILDFORMATE[format_]}")
