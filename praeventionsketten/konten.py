"""How allauth behaves here: accounts are given, never taken; mails go to the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils import timezone

from praeventionsketten import post
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.models import Konto


class KontoAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False


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
