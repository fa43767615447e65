"""Against floods and advertising, without a captcha and without keeping who wrote.

A whole office sits behind one address and may write as it likes; a programme is known by
its pace. Between the two, and where the words look like advertising, nothing is refused:
it waits apart until a person has looked at it.
"""

import datetime as dt
import ipaddress
import re

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Sendung

MINUTE, STUNDE, TAG = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
# From one address: what looks odd, and what no office does any more.
AUFFAELLIG = {MINUTE: 20, STUNDE: 80}
ZU_VIEL = {MINUTE: 40, STUNDE: 200}
# Different entries within an hour; each report makes one rank lower until somebody looks.
VERSCHIEDENE = 10
GLEICHE_TEXTE = 3  # a day, from wherever they come
SEKUNDEN = 3  # nobody reads and answers a form in less
VERWEISE = 2
VERWEIS = re.compile(r"https?://|www\.|\[url|<a\b", re.IGNORECASE)


class ZuVieleSendungen(Exception):
    """This address sends faster than people do; nothing was stored."""


def ist_verdaechtig(
    request: HttpRequest, text: str, *, schnell: bool, gegenstand: str = ""
) -> bool:
    """Count this form, and say whether a person should look at it before it counts.

    `gegenstand` names the entry it is about, if there is one.
    """
    absender, inhalt = _absender(request), _inhalt(text)
    gegenstand = gegenstand and _kennung(f"gegenstand {gegenstand}")
    jetzt = timezone.now()
    bisher = Sendung.objects.filter(absender=absender, wann__gte=jetzt - STUNDE).aggregate(
        stunde=Count("pk"),
        minute=Count("pk", filter=Q(wann__gte=jetzt - MINUTE)),
        andere=Count("gegenstand", distinct=True, filter=~Q(gegenstand__in=["", gegenstand])),
    )
    je = {MINUTE: bisher["minute"], STUNDE: bisher["stunde"]}
    if any(je[dauer] >= grenze for dauer, grenze in ZU_VIEL.items()):
        raise ZuVieleSendungen
    gleiche = Sendung.objects.filter(inhalt=inhalt, wann__gte=jetzt - TAG)
    wiederholt = bool(inhalt) and gleiche.count() >= GLEICHE_TEXTE
    Sendung.objects.create(absender=absender, inhalt=inhalt, gegenstand=gegenstand)
    return (
        schnell
        or wiederholt
        or (bool(gegenstand) and bisher["andere"] >= VERSCHIEDENE)
        or len(VERWEIS.findall(text)) >= VERWEISE
        or any(je[dauer] >= grenze for dauer, grenze in AUFFAELLIG.items())
    )


def adresse(request: HttpRequest) -> str:
    """The network a request comes from; without one all such requests are one sender."""
    try:
        adresse = ipaddress.ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unbekannt"
    if adresse.version == 6:
        # A household has billions of addresses; its network is the sender.
        return str(ipaddress.ip_network(f"{adresse}/64", strict=False))
    return str(adresse)


def _absender(request: HttpRequest) -> str:
    """Tells senders of one day apart, and nothing else; the day is part of the key."""
    return _kennung(f"absender {adresse(request)}")


def _inhalt(text: str) -> str:
    """The same words with other signs and spaces are the same."""
    worte = re.sub(r"[\W_]+", "", text.casefold())
    return _kennung(f"inhalt {worte}") if worte else ""


def _kennung(wert: str) -> str:
    zweck = f"praeventionsketten.abwehr.{timezone.localdate()}"
    return salted_hmac(zweck, wert, algorithm="sha256").hexdigest()[:32]
