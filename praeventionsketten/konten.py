"""How allauth behaves here: accounts are given, never taken; mails go to the outbox."""

from allauth.account.adapter import DefaultAccountAdapter


class KontoAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False
