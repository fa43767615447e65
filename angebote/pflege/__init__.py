"""Keeping Angebote true: who is asked when, what the answer does, who is called.

`schritte` decides what is next for one Angebot, `versand` carries it out for all of them
once a day, `unzustellbar` notes which mails come back. What people answer on the page
behind their link: `antwort` (it is true), `sofort` (bad news), `uebergabe` (somebody else).
"""
