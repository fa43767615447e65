"""allauth's forms in our words and with our classes."""

from allauth.account import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from praeventionsketten.formulare import PortalForm

WORTE = {
    "login": _("E-Mail-Adresse"),
    "email": _("E-Mail-Adresse"),
    "password": _("Passwort"),
    "oldpassword": _("Bisheriges Passwort"),
    "password1": _("Neues Passwort"),
    "password2": _("Neues Passwort noch einmal"),
    "code": _("Code aus der E-Mail"),
}
HINWEISE = {"password1": _("Mindestens 12 Zeichen. Ein ganzer Satz ist leicht zu merken.")}


class KontoForm(PortalForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, feld in self.fields.items():
            feld.label = WORTE.get(name, feld.label)
            feld.help_text = HINWEISE.get(name, "")
            # A placeholder is gone while one types, and hard to read before.
            feld.widget.attrs.pop("placeholder", None)


class LoginForm(KontoForm, forms.LoginForm):
    def clean(self):
        try:
            return super().clean()
        except ValidationError as fehler:
            # At a field, so that the summary has somewhere to lead to.
            self.add_error("login", fehler)
            return self.cleaned_data


class RequestLoginCodeForm(KontoForm, forms.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(KontoForm, forms.ConfirmLoginCodeForm):
    pass


class ResetPasswordForm(KontoForm, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(KontoForm, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(KontoForm, forms.ChangePasswordForm):
    pass


class SetPasswordForm(KontoForm, forms.SetPasswordForm):
    pass


class ReauthenticateForm(KontoForm, forms.ReauthenticateForm):
    pass
