"""Static files: hashed, compressed, and all of portal.css's imports in one file.

The sources keep one file per component and need no build tool; at collectstatic the
browser's eighteen requests become one.
"""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

EINGANG = "css/portal.css"

IMPORT = re.compile(
    r"""@import\s+url\(\s*["']?(?P<datei>[^"')]+)["']?\s*\)"""
    r"""\s*(?:layer\((?P<layer>[\w.-]+)\))?\s*(?P<medium>[^;{}]*);"""
)
RELATIVE_URL = re.compile(
    r"""url\(\s*(?P<q>["']?)(?!/|\#|[a-z]+:)(?P<pfad>[^"')]+)(?P=q)\s*\)"""
)
STRING_OR_COMMENT = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*.*?\*/""", re.S)


class PortalStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, dry_run=False, **options):
        if EINGANG in paths and not dry_run:

            def lesen(name: str) -> str:
                storage, pfad = paths[name]
                with storage.open(pfad) as datei:
                    return datei.read().decode()

            css = verkleinert(zusammengefuegt(EINGANG, lesen))
            paths = paths | {EINGANG: (ImSpeicher(css), EINGANG)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


class ImSpeicher:
    """Stands where Django expects a storage, and holds a single file."""

    def __init__(self, text: str):
        self.text = text

    def open(self, name: str) -> ContentFile:
        return ContentFile(self.text.encode(), name)


def zusammengefuegt(name: str, lesen) -> str:
    """The stylesheet `name` with every import replaced by what it imports."""

    def einsetzen(treffer: re.Match) -> str:
        importiert = posixpath.normpath(posixpath.join(ordner, treffer["datei"]))
        css = umgezogen(
            zusammengefuegt(importiert, lesen), posixpath.dirname(importiert), ordner
        )
        if treffer["layer"]:
            css = f"@layer {treffer['layer']} {{\n{css}\n}}"
        if medium := treffer["medium"].strip():
            css = f"@media {medium} {{\n{css}\n}}"
        return css

    ordner = posixpath.dirname(name)
    return IMPORT.sub(einsetzen, ohne_kommentare(lesen(name)))


def umgezogen(css: str, von: str, nach: str) -> str:
    """The relative addresses of a stylesheet that moves from one folder to another."""

    def neu(treffer: re.Match) -> str:
        ziel = posixpath.relpath(posixpath.join(von, treffer["pfad"]), nach)
        return f'url("{ziel}")'

    return RELATIVE_URL.sub(neu, css)


def ohne_kommentare(css: str) -> str:
    return STRING_OR_COMMENT.sub(lambda m: "" if m[0].startswith("/*") else m[0], css)


def verkleinert(css: str) -> str:
    """Without the white space no browser needs; strings stay untouched."""
    stuecke = re.split(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", css)
    for stelle in range(0, len(stuecke), 2):
        eng = re.sub(r"\s+", " ", stuecke[stelle])
        stuecke[stelle] = re.sub(r" ?([{};,]) ?", r"\1", eng).replace(";}", "}")
    return "".join(stuecke).strip()
