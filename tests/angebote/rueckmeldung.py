"""Fill in the forms from outside the way a person does: read them, take a while, send."""

import re

from django.core import signing


def ausgefuellt(client, adresse: str, *, sofort: bool = False, **felder) -> dict:
    """What a form opened some time ago would send."""
    html = client.get(adresse).content.decode()
    zeichen = re.search(r'name="zeichen" value="([^"]+)"', html)[1]
    return {"zeichen": zeichen if sofort else gealtert(zeichen), **felder}


def absenden(client, adresse: str, **felder):
    return client.post(adresse, ausgefuellt(client, adresse, **felder))


def gealtert(zeichen: str, sekunden: int = 60) -> str:
    """The mark as if the form had been opened a minute ago."""
    wert, zeit, _signatur = zeichen.rsplit(":", 2)
    frueher = signing.b62_encode(signing.b62_decode(zeit) - sekunden)
    for salz in ("HinweisForm", "VorschlagForm"):
        signer = signing.TimestampSigner(salt=f"praeventionsketten.{salz}")
        if signer.signature(f"{wert}:{zeit}") == _signatur:
            return f"{wert}:{frueher}:{signer.signature(f'{wert}:{frueher}')}"
    raise AssertionError("a mark of another form")


def warten(monkeypatch, sekunden: int) -> None:
    """Let this much time go by for signatures."""
    uhr = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: uhr() + sekunden)
