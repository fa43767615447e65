"""The few tags and filters of the public templates."""

import functools
import json
import re
from html import escape

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from praeventionsketten.lib import zeit
from praeventionsketten.lib.adresse import absolut
from praeventionsketten.lib.zahl import zahlwort

register = template.Library()

# What is found although it is typed in another way.
SCHREIBWEISEN = {
    "a": "[aäáàâ]",
    "e": "[eéèêë]",
    "i": "[iíìîï]",
    "o": "[oöóòô]",
    "u": "[uüúùû]",
    "c": "[cç]",
    "ä": "(?:ä|ae)",
    "ö": "(?:ö|oe)",
    "ü": "(?:ü|ue)",
    "ß": "(?:ß|ss)",
    "ae": "(?:ae|ä)",
    "oe": "(?:oe|ö)",
    "ue": "(?:ue|ü)",
    "ss": "(?:ss|ß)",
}

register.filter("tag", zeit.tag)
register.filter("wochentag", zeit.wochentag)
register.filter("uhrzeit", zeit.uhrzeit)
register.filter("ungefaehr", zeit.ungefaehr)
register.filter("alter", zeit.alter)
register.filter(zahlwort)
register.filter(absolut)
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
    """A long word with a soft hyphen before its last part, for narrow screens."""
    return re.sub("(?<=[a-zäöüß])(ketten|programm|schaft|schule|leben)", "\u00ad\\1", wort)


@register.filter
def umbrechbar(adresse: str):
    """An e-mail address that a narrow panel breaks after a dot or before the „@“."""
    teile = re.split(r"(?<=\.)|(?=@)", adresse)
    text = format_html_join(mark_safe("<wbr>"), "{}", ((teil,) for teil in teile))
    return format_html('<span class="keine-trennung">{}</span>', text)


@register.filter
def mailverweis(adresse: str):
    """An e-mail address as a link to itself."""
    return format_html('<a href="mailto:{}">{}</a>', adresse, umbrechbar(adresse))


@register.filter
def hervorheben(text: str, worte: list[str]):
    """The escaped text with every occurrence of the words in <mark>."""
    if not worte:
        return conditional_escape(text)
    # Odd positions are what the group caught.
    teile = _muster(tuple(worte)).split(text := str(text))
    if escape(text) != text:
        teile = [escape(teil) for teil in teile]
    teile[1::2] = [f"<mark>{teil}</mark>" for teil in teile[1::2]]
    return SafeString("".join(teile))


@functools.lru_cache(200)
def _muster(worte: tuple[str, ...]) -> re.Pattern:
    laengste_zuerst = sorted(worte, key=len, reverse=True)
    return re.compile(f"({'|'.join(map(_schreibweisen, laengste_zuerst))})", re.IGNORECASE)


def _schreibweisen(wort: str) -> str:
    """The word as people write it: „Elterncafe“ is found as „Elterncafé“, so it is marked."""
    teile = re.findall("ae|oe|ue|ss|.", wort.lower())
    return "".join(SCHREIBWEISEN.get(teil) or re.escape(teil) for teil in teile)


def gerippe_von(text: str) -> bytes:
    """The letters that are written in one way only: whatever lacks those of a word lacks it.

    So most texts are known to have nothing to mark in a tenth of the time.
    """
    return text.lower().encode("ascii", "ignore").translate(None, b"aeioucs")


@register.simple_tag
def json_ld(daten: dict):
    """Linked data for search engines: a data block, which no script policy applies to."""
    if not daten:
        return ""
    text = json.dumps({"@context": "https://schema.org"} | daten, ensure_ascii=False)
    for zeichen in "<>&":
        text = text.replace(zeichen, f"\\u{ord(zeichen):04x}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


class CaptureNode(template.Node):
    def __init__(self, nodelist, name: str):
        self.nodelist, self.name = nodelist, name

    def render(self, context) -> str:
        context[self.name] = mark_safe(" ".join(self.nodelist.render(context).split()))
        return ""


@register.tag
def capture(parser, token):
    """{% capture name %}…{% endcapture %}: keep what is inside, to write it more than once."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)
