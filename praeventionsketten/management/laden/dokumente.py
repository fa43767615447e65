"""The documents of the demo world: made here, as accessible PDF, from what we know."""

from django.core.files.base import ContentFile

from kommunen.models import Kommune, Steckbriefdokument
from praeventionsketten.lib import pdf, zeit
from praeventionsketten.models import Dokument, Landesprogramm, Seite, Seitendokument
from praeventionsketten.models.adressen import slug_aus
from veranstaltungen.models import Fachforum, Veranstaltung, Veranstaltungsdokument

from .quelle import Eintrag, Verweise, baue


def absatz(text: str) -> dict:
    return {"art": "absatz", "laeufe": [{"text": text}]}


def ueberschrift(text: str) -> dict:
    return {"art": "ueberschrift", "stufe": 2, "laeufe": [{"text": text}]}


def liste(punkte: list[str]) -> dict:
    return {"art": "liste", "punkte": [[{"text": punkt}] for punkt in punkte]}


def zum_steckbrief(kommune: Kommune, eintrag: Eintrag, reihenfolge: int) -> None:
    """A stand-in for a document of a Kommune: what it is about and whom to ask for it."""
    dokument = baue(
        Steckbriefdokument, eintrag, Verweise(), kommune=kommune, reihenfolge=reihenfolge
    )
    _speichere(
        dokument,
        zeile=kommune.name,
        bloecke=[
            ueberschrift("Worum es geht"),
            absatz(dokument.beschreibung),
            ueberschrift(f"Die Präventionskette: {kommune.name}"),
            absatz(kommune.teaser),
            liste(kommune.schwerpunkte_liste),
            ueberschrift("Woher Sie mehr erfahren"),
            absatz(
                "Dies ist ein Beispieldokument der Beispielwelt. Es steht für eine Datei, die "
                "die Kommune hier anbieten würde. Fragen beantwortet die Koordination:"
            ),
            liste([f"{k.stelle}, {k.email}" for k in kommune.koordinationen.all()]),
        ],
    )


def tagesordnung(veranstaltung: Veranstaltung, eintrag: Eintrag, reihenfolge: int) -> None:
    """The programme of the day as a table, with its Fachforen."""
    dokument = baue(
        Veranstaltungsdokument,
        eintrag,
        Verweise(),
        veranstaltung=veranstaltung,
        reihenfolge=reihenfolge,
    )
    ort = ", ".join(t for t in (veranstaltung.ort_name, veranstaltung.anschrift) if t)
    bloecke = [
        absatz(zeit.zeitspanne(veranstaltung.beginn, veranstaltung.ende)),
        absatz(ort),
        ueberschrift("Ablauf"),
        _tabelle(veranstaltung),
    ]
    foren = list(veranstaltung.fachforen.all())
    if foren:
        bloecke.append(ueberschrift("Fachforen"))
        bloecke.append({"art": "liste", "punkte": [_forum(forum) for forum in foren]})
    if veranstaltung.barriere_info:
        bloecke += [ueberschrift("Barrierefreiheit"), absatz(veranstaltung.barriere_info)]
    _speichere(dokument, zeile=veranstaltung.titel, bloecke=bloecke, zusatz=veranstaltung.slug)


def _forum(forum: Fachforum) -> list[dict]:
    titel = {"text": f"Fachforum {forum.nummer}: {forum.titel}", "fett": True}
    return [titel, {"text": "\n"}, {"text": forum.teaser}]


def _tabelle(veranstaltung: Veranstaltung) -> dict:
    zeilen = [
        [
            zeit.uhrzeiten(punkt.beginn, punkt.ende),
            f"{punkt.titel}: {punkt.text}" if punkt.text else punkt.titel,
            punkt.raum,
        ]
        for punkt in veranstaltung.programm.all()
    ]
    return {
        "art": "tabelle",
        "kopf": ["Zeit", "Was", "Raum"],
        "breiten": [4, 9, 3],
        "zeilen": zeilen,
    }


def faktenblatt(seite: Seite, eintrag: Eintrag) -> None:
    dokument = Seitendokument(
        seite=seite,
        titel=eintrag["titel"],
        beschreibung=eintrag["teaser"],
        stand=eintrag["stand"],
    )
    _speichere(dokument, zeile=eintrag["teaser"], bloecke=pdf.bloecke(eintrag["text"]))


def _speichere(
    dokument: Dokument, *, zeile: str, bloecke: list[dict], zusatz: str = ""
) -> None:
    stand = f"Stand: {zeit.tag(dokument.stand)}" if dokument.stand else "Beispielwelt"
    inhalt = pdf.erzeuge(
        "dokument",
        {
            "kopf": Landesprogramm.objects.get().name,
            "titel": dokument.titel,
            "zeile": zeile,
            "bloecke": bloecke,
            "fuss": stand,
        },
    )
    name = slug_aus(f"{dokument.titel} {zusatz}")
    dokument.datei = ContentFile(inhalt, name=f"{name}.pdf")
    # typst has checked it against PDF/UA-1, so we may say so.
    dokument.barrierefrei = Dokument.Barrierefrei.JA
    dokument.save()
