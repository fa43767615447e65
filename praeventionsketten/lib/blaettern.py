"""Paging of lists: one rule for `seite` on every page."""

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest

JE_SEITE = 20


class SeiteFehlt(Http404):
    """No such page of a list; knows the address of the first one."""

    def __init__(self, erste_seite: str):
        super().__init__("no such page")
        self.erste_seite = erste_seite


def blaettere(request: HttpRequest, liste, *, anzahl: int | None = None) -> Page:
    """The page of `liste` that `seite` asks for; `anzahl` if it is counted already."""
    nummer = request.GET.get("seite") or "1"
    paginator = Paginator(liste, JE_SEITE)
    if anzahl is not None:
        paginator.count = anzahl
    try:
        # int() would also read „ 2 “ and „1_0“: one page, one address.
        return paginator.page(nummer if nummer.isascii() and nummer.isdigit() else "")
    except InvalidPage:
        raise SeiteFehlt(_ohne_seite(request)) from None


def _ohne_seite(request: HttpRequest) -> str:
    parameter = request.GET.copy()
    parameter.pop("seite", None)
    return f"{request.path}?{parameter.urlencode()}" if parameter else request.path
