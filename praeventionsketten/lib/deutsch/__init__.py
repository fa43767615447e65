"""German search without a search server: one analyser, one inverted index.

    analyse = Analyse(Woerterbuch.aus(tomllib.load(datei)))
    analyse.gewichte({"titel": ..., "anfang": ...})   # rows: token → weight 1 to 100
    Suche(analyse, bestand).suche("Hebame Kassel")    # hits, and what was relaxed

Reading order: falten (spelling), stamm (inflection), zerlegung (compounds), angaben
(facts), analyse (index), thesaurus and anfrage (query), suche (scores), wortschatz,
nachbarn and vokabular (typos), messen (quality).
Nothing here knows a model or a database; `bestand.Bestand` says what a database must give.
"""

from .analyse import FELDER, Analyse, absaetze
from .angaben import ZUGANG, gratis_fuer_manche, lebensalter, zeitworte
from .bestand import Bestand, Speicher
from .suche import Ergebnis, Gelockert, Suche, Treffer
from .woerterbuch import Woerterbuch

__all__ = [
    "FELDER",
    "ZUGANG",
    "Analyse",
    "Bestand",
    "Ergebnis",
    "Gelockert",
    "Speicher",
    "Suche",
    "Treffer",
    "Woerterbuch",
    "absaetze",
    "gratis_fuer_manche",
    "lebensalter",
    "zeitworte",
]
