"""Uploads are checked by content, re-encoded and stripped of what they tell about people."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from praeventionsketten.lib import dateien
from praeventionsketten.models import Bild, Seitendokument
from tests.factories import make_seite

GPS = 34853


def bild_datei(
    format_: str = "JPEG", groesse=(40, 20), exif=None, name: str = "foto.jpg"
) -> ContentFile:
    puffer = BytesIO()
    optionen = {"exif": exif} if exif else {}
    Image.new("RGB", groesse, "teal").save(puffer, format_, **optionen)
    return ContentFile(puffer.getvalue(), name=name)


def test_position_and_camera_are_gone_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (50.0, 6.0, 1.0)}
    exif[274] = 6  # rotated by 90 degrees
    datei = bild_datei(exif=exif)

    with Image.open(dateien.bereinigtes_bild(datei)) as sauber:
        assert not sauber.getexif()
        assert sauber.size == (20, 40)


def test_huge_pictures_are_scaled_down():
    with Image.open(dateien.bereinigtes_bild(bild_datei(groesse=(5000, 100)))) as klein:
        assert klein.size[0] == dateien.MAX_KANTE


def test_the_name_follows_the_real_format():
    assert dateien.bereinigtes_bild(bild_datei("PNG", name="foto.jpg")).name == "foto.png"


@pytest.mark.parametrize(
    "inhalt",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"GIF89a" + b"\0" * 40,
        b"",
        b"\xff\xd8\xff\xe0 kein Bild",
    ],
)
def test_what_is_no_jpeg_png_or_webp_is_refused(inhalt):
    with pytest.raises(ValidationError):
        dateien.ist_erlaubtes_bild(ContentFile(inhalt, name="foto.jpg"))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_are_accepted(format_):
    dateien.ist_erlaubtes_bild(bild_datei(format_))


def test_a_file_over_the_limit_is_refused():
    datei = ContentFile(b"%PDF-" + b"0" * (dateien.MAX_BYTES + 1), name="gross.pdf")

    with pytest.raises(ValidationError, match="10 MB"):
        dateien.ist_pdf(datei)


def test_a_renamed_page_is_no_pdf():
    with pytest.raises(ValidationError, match="PDF"):
        dateien.ist_pdf(ContentFile(b"<html>", name="a.pdf"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("angaben", "regel"),
    [
        ({"nachweis": "Foto: Stadt"}, "bild_hat_alternativtext"),
        ({"alternativtext": "Ein Kind"}, "bild_hat_nachweis"),
    ],
)
def test_the_database_keeps_no_picture_without_words(angaben, regel, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Bild(titel="x", datei=bild_datei(), **angaben).save()


@pytest.mark.django_db
def test_a_stored_picture_has_been_cleaned(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    exif = Image.Exif()
    exif[GPS] = {1: "N"}

    bild = Bild.objects.create(
        titel="x", datei=bild_datei(exif=exif), schmueckend=True, nachweis="Foto: Stadt"
    )

    with Image.open(bild.datei.path) as gespeichert:
        assert not gespeichert.getexif()
    assert (bild.breite, bild.hoehe) == (40, 20)
    assert bild.alt == ""


@pytest.mark.django_db
def test_a_stored_document_is_not_opened_again(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    inhalt = ContentFile(b"%PDF-1.7", name="a.pdf")
    dokument = Seitendokument.objects.create(seite=make_seite(), titel="Blatt", datei=inhalt)
    dokument = Seitendokument.objects.get(pk=dokument.pk)

    dokument.full_clean()

    assert dokument.datei.closed
