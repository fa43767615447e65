"""The few tags and filters of the public templates."""

from django import template
from django.utils.html import format_html

from praeventionsketten.lib import zeit

register = template.Library()

register.filter("tag", zeit.tag)
register.filter("wochentag", zeit.wochentag)
register.filter("uhrzeit", zeit.uhrzeit)
register.filter("ungefaehr", zeit.ungefaehr)
register.filter("alter", zeit.alter)
register.simple_tag(zeit.uhrzeiten, name="uhrzeiten")
register.simple_tag(zeit.zeitspanne, name="zeitspanne")


@register.simple_tag
def zeichen(name: str):
    """An icon of the sprite in includes/zeichen.html; always beside words."""
    return format_html(
        '<svg class="zeichen" aria-hidden="true"><use href="#z-{}"/></svg>', name
    )


@register.filter
def tel(nummer: str) -> str:
    """The tel: form of a phone number as it is written: „05651 000-211“ → „+495651000211“."""
    ziffern = "".join(z for z in nummer if z.isdigit())
    if nummer.strip().startswith("+"):
        return f"+{ziffern}"
    # Short numbers such as 116 111 exist only inside the country.
    return (
        f"+49{ziffern[1:]}"
        if ziffern.startswith("0") and not ziffern.startswith("0800")
        else ziffern
    )


@register.filter
def trennbar(wort: str) -> str:
    """A long name with a soft hyphen where „ketten“ begins, for narrow screens."""
    return wort.replace("ketten", "\u00adketten")
