"""The outbox: every mail is a row first, and a worker sends it."""

from django.core.mail.backends.base import BaseEmailBackend


class Postausgang(BaseEmailBackend):
    pass


class EmlDateien(BaseEmailBackend):
    pass
