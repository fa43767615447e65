"""How allauth behaves here: accounts are given, never taken; mails go to the outbox."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Konto, Landesprogramm


class KontoAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "E-Mail-Adresse und Passwort passen nicht zusammen. Prüfen Sie beides, oder "
            "lassen Sie sich einen Code schicken."
        ),
        "enter_current_password": _("Das ist nicht Ihr bisheriges Passwort."),
        "incorrect_code": _("Dieser Code stimmt nicht. Bitte geben Sie ihn noch einmal ein."),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "too_many_login_attempts": _(
            "Das waren zu viele Versuche. Bitte warten Sie fünf Minuten."
        ),
        "rate_limited": _("Das waren zu viele Versuche. Bitte warten Sie fünf Minuten."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_password_change_redirect_url(self, request) -> str:
        return reverse("admin:index")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """With the portal's own address: the request's host is whatever the sender wrote."""
        return absolut(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        kontext = {"programm": Landesprogramm.objects.first()} | context
        super().send_mail(template_prefix, email, kontext)


def einladen(konto: Konto) -> None:
    """Tell somebody that an account exists, and the way in; at most once a day."""
    post.schreiben(
        f"konto-{konto.pk}:eingeladen:{timezone.localdate()}",
        an=konto.email,
        vorlage="konto_eingeladen",
        konto=konto,
        adresse=absolut(reverse("account_request_login_code")),
        verwaltung=absolut(reverse("admin:index")),
    )
