"""The same registration twice without HTTP: through plaetze, and as plain SQL by hand."""

import itertools
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
from django.db import connection

from veranstaltungen import plaetze

FAEDEN = 8  # as many as gunicorn has
nummern = itertools.count(1)


def _verteilt(arbeit, anzahl: int) -> float:
    beginn = time.perf_counter()
    with ThreadPoolExecutor(FAEDEN) as pool:
        for ergebnis in [pool.submit(arbeit, anzahl // FAEDEN) for _ in range(FAEDEN)]:
            ergebnis.result()
    return time.perf_counter() - beginn


def in_der_halle(fachtag, anzahl: int) -> float:
    """Seconds for so many plaetze.anmelden."""
    durchgaenge = list(fachtag.durchgaenge.values_list("pk", flat=True))
    foren = list(fachtag.fachforen.values_list("pk", flat=True))

    def arbeit(wie_oft: int) -> None:
        for _ in range(wie_oft):
            n = next(nummern)
            plaetze.anmelden(
                fachtag,
                name=f"Halle {n}",
                email=f"halle{n}@example.org",
                wahl={
                    durchgang: plaetze.Wunsch(foren[(n + stelle) % len(foren)])
                    for stelle, durchgang in enumerate(durchgaenge)
                },
                idempotenz=uuid.uuid4(),
            )
        connection.close()

    return _verteilt(arbeit, anzahl)


SPERREN = """SELECT id FROM veranstaltungen_platzkontingent
    WHERE veranstaltung_id = %s AND (art = 'gesamt' OR id = ANY(%s))
    ORDER BY id FOR NO KEY UPDATE"""
LESEN = """SELECT k.id AS pool, k.kapazitaet, k.notplaetze, k.belegt, k.naechste_position,
    k.gesperrt, k.raum, CASE WHEN k.art = 'gesamt' THEN
        (SELECT count(*) FROM veranstaltungen_anmeldung a
         WHERE a.veranstaltung_id = k.veranstaltung_id AND (a.status = 'warteliste'
         OR (a.status = 'unbestaetigt' AND NOT a.hausplatz)))
    ELSE
        (SELECT count(*) FROM veranstaltungen_forumswahl w
         JOIN veranstaltungen_anmeldung a ON a.id = w.anmeldung_id
         WHERE w.kontingent_id = k.id AND w.status = 'wartend' AND a.hausplatz)
    END AS wartend, (SELECT nummer FROM praeventionsketten_inhaltsversion WHERE id = 1) AS version
    FROM veranstaltungen_platzkontingent k WHERE k.id = ANY(%s) ORDER BY k.id"""
BEKANNT = """SELECT * FROM veranstaltungen_anmeldung WHERE idempotenz = %s OR (
    veranstaltung_id = %s AND email_norm = %s AND name_norm = %s
    AND status IN ('unbestaetigt', 'bestaetigt', 'warteliste', 'angeboten'))"""
ANMELDUNG = """INSERT INTO veranstaltungen_anmeldung (public_id, veranstaltung_id, name, email,
    name_norm, email_norm, organisation, funktion, status, quelle, position, haltefrist,
    hausplatz, folge, token_version, idempotenz, eingang)
    VALUES (%s, %s, %s, %s, %s, %s, '', '', 'unbestaetigt', 'web', %s,
    now() + interval '1 day', true, 0, 1, %s, now()) RETURNING id"""
WAHLEN = """INSERT INTO veranstaltungen_forumswahl (anmeldung_id, kontingent_id, fachforum_id,
    durchgang_id, status, position) VALUES (%s, %s, %s, %s, %s, %s), (%s, %s, %s, %s, %s, %s)
    RETURNING id"""
ZAEHLEN = """UPDATE veranstaltungen_platzkontingent SET belegt = belegt + CASE
    WHEN id = %s THEN 1 WHEN id = %s THEN %s WHEN id = %s THEN %s ELSE 0 END,
    naechste_position = naechste_position + 1 WHERE id = ANY(%s)"""
SCHRITT = """INSERT INTO veranstaltungen_protokoll (veranstaltung_id, anmeldung_id, wann, wer,
    was, daten) VALUES (%s, %s, now(), 'person', 'angemeldet', '{"platz": true}') RETURNING id"""
MAIL = """INSERT INTO praeventionsketten_mail (schluessel, bezug, an, betreff, text, html,
    anhaenge, vertraulich, status, erstellt_am, versuche, naechster_versuch, message_id, fehler)
    VALUES (%s, %s, %s, 'Bitte bestätigen', %s, '', '[]', false, 'neu', now(), 0, now(), %s, '')
    ON CONFLICT DO NOTHING"""
MAILTEXT = "So steht es um Ihre Anmeldung. " * 30


def von_hand(fachtag, anzahl: int) -> float:
    """Seconds for so many of the same transaction, without Django."""
    foren: dict[int, list] = {}
    haus = fachtag.kontingente.get(art="gesamt").pk
    for k in fachtag.kontingente.filter(fachforum__isnull=False):
        foren.setdefault(k.durchgang_id, []).append(k)

    def arbeit(wie_oft: int) -> None:
        wo = connection.settings_dict
        ziel = {"host": wo["HOST"], "user": wo["USER"], "dbname": wo["NAME"]}
        with psycopg.connect(**ziel, autocommit=True) as verbindung:
            for _ in range(wie_oft):
                n = next(nummern)
                beide = [k[(n + i) % len(k)] for i, k in enumerate(foren.values())]
                _eine(verbindung, fachtag.pk, haus, beide, n)

    return _verteilt(arbeit, anzahl)


def _eine(verbindung, fachtag: int, haus: int, beide: list, n: int) -> None:
    wer, mail, key = f"hand {n}", f"hand{n}@example.org", uuid.uuid4()
    pks = [k.pk for k in beide]
    with verbindung.transaction(), verbindung.cursor() as cursor:
        ruf = cursor.execute
        gesperrte = [pool for (pool,) in ruf(SPERREN, [fachtag, pks])]
        gesperrt = {z["pool"]: z for z in _zeilen(ruf(LESEN, [gesperrte]))}
        ruf(BEKANNT, [key, fachtag, mail, wer]).fetchall()
        frei = [
            gesperrt[pk]["belegt"] < gesperrt[pk]["kapazitaet"] and not gesperrt[pk]["wartend"]
            for pk in pks
        ]
        position = gesperrt[haus]["naechste_position"] + 1
        angaben = [f"h{n}", fachtag, wer, mail, wer, mail, position, key]
        (pk,) = ruf(ANMELDUNG, angaben).fetchone()
        zeilen = [
            [pk, k.pk, k.fachforum_id, k.durchgang_id, "belegt" if f else "wartend",
             gesperrt[k.pk]["naechste_position"] + 1]
            for k, f in zip(beide, frei, strict=True)
        ]  # fmt: skip
        ruf(WAHLEN, [wert for zeile in zeilen for wert in zeile])
        ruf(ZAEHLEN, [haus, pks[0], int(frei[0]), pks[1], int(frei[1]), [haus, *pks]])
        ruf(SCHRITT, [fachtag, pk])
        kennung = f"<{uuid.uuid4()}@example.org>"
        ruf(MAIL, [f"anmeldung-{pk}:hand:0", f"anmeldung-{pk}", mail, MAILTEXT, kennung])


def _zeilen(cursor) -> list[dict]:
    namen = [spalte.name for spalte in cursor.description]
    return [dict(zip(namen, zeile, strict=True)) for zeile in cursor.fetchall()]
