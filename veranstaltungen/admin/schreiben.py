"""A mail to some of the registered: written, looked at as one of them gets it, then sent."""

from django.contrib import messages

from praeventionsketten.lib.formularseite import formularstatus
from praeventionsketten.verwaltung import MitSeiten, seite
from veranstaltungen.rundmail import Rundmail

from .formulare import RundmailForm


class SchreibSeiten(MitSeiten):
    @seite("schreiben/", "view", auch="veranstaltungen.change_anmeldung")
    def schreiben(self, request, veranstaltung):
        form = RundmailForm(request.POST or None, veranstaltung=veranstaltung)
        kontext = {"title": "E-Mail schreiben", "form": form}
        if form.is_valid():
            rundmail = Rundmail(veranstaltung, **form.cleaned_data)
            if "senden" in request.POST:
                return self._senden(request, veranstaltung, rundmail)
            kontext |= _vorschau(rundmail, form)
        return self.zeige(
            request,
            veranstaltung,
            "veranstaltungen/schreiben.html",
            status=formularstatus(form),
            **kontext,
        )

    def _senden(self, request, veranstaltung, rundmail: Rundmail):
        if anzahl := rundmail.senden(request.user):
            messages.success(request, f"{anzahl} E-Mails gehen hinaus.")
        else:
            messages.warning(request, "Diese E-Mail war schon unterwegs, oder niemand passte.")
        return self.zur_seite("plaetze", veranstaltung)


def _vorschau(rundmail: Rundmail, form: RundmailForm) -> dict:
    """As the first of them will read it, without the key to her registration."""
    erste = rundmail.empfaenger.first()
    if erste is None:
        form.add_error("gruppe", "Zu dieser Auswahl gehört gerade niemand.")
        return {}
    betreff, text = rundmail.fuer(erste, link="(hier steht ihr eigener Link)")
    return {
        "vorschau": {"an": erste, "betreff": betreff, "text": text},
        "anzahl": rundmail.empfaenger.count(),
    }
