"""The form of every row: what the database refuses is said at the field it is about."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, Q


class VerwaltungForm(forms.ModelForm):
    def _update_errors(self, errors: ValidationError) -> None:
        """Django says a broken rule of the database above the form; here it finds its field."""
        je_feld = errors.error_dict if hasattr(errors, "error_dict") else {}
        for fehler in je_feld.pop(NON_FIELD_ERRORS, []):
            je_feld.setdefault(self._feld_der_regel(fehler.message), []).append(fehler)
        super()._update_errors(ValidationError(je_feld) if je_feld else errors)

    def _feld_der_regel(self, meldung: str) -> str:
        """The last field the broken rule names: there the missing half is filled in."""
        for regel in self._meta.model._meta.constraints:
            if isinstance(regel, CheckConstraint) and (
                regel.get_violation_error_message() == meldung
            ):
                genannt = [name for name in _felder(regel.condition) if name in self.fields]
                return genannt[-1] if genannt else NON_FIELD_ERRORS
        return NON_FIELD_ERRORS


def _felder(bedingung) -> list[str]:
    """Names of the fields in a condition, each once, in the order of the text."""
    namen: dict[str, None] = {}
    for kind in bedingung.children if isinstance(bedingung, Q) else [bedingung]:
        if isinstance(kind, Q):
            namen |= dict.fromkeys(_felder(kind))
        else:
            name, wert = kind
            namen[name.split("__")[0]] = None
            if isinstance(wert, F):
                namen[wert.name] = None
    return list(namen)


def fehlerliste(context: dict) -> list[tuple[str, str]]:
    """All errors of a form and its inlines as (text, id of the field or nothing)."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms_ = [context["adminform"].form, *(form for fs in formsets for form in fs.forms)]
    liste = [(text, "") for fs in formsets for text in fs.non_form_errors()]
    for form in forms_:
        for name, texte in form.errors.items():
            feld = form[name] if name in form.fields else None
            liste += [_eintrag(text, feld) for text in texte]
    return liste


def _eintrag(text: str, feld) -> tuple[str, str]:
    if feld is None:
        return text, ""
    return f"{feld.label}: {text}", feld.id_for_label or f"{feld.auto_id}_0"
