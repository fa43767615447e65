"""The pages of the history, as a person opens them."""


def adresse(objekt, ende: str) -> str:
    return f"/verwaltung/{objekt._meta.label_lower.replace('.', '/')}/{objekt.pk}/{ende}"


def text(client, objekt, ende: str) -> str:
    antwort = client.get(adresse(objekt, ende))
    assert antwort.status_code == 200, (ende, antwort.status_code)
    return antwort.content.decode()


def wiederherstellen(client, objekt, nummer: int, **daten):
    ende = f"fassungen/{nummer}/"
    plan = client.get(adresse(objekt, ende)).context["plan"]
    return client.post(adresse(objekt, ende), {"gesehen": plan.kennung} | daten)
