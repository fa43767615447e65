"""How every form of the portal is rendered: label, hint, error, field."""

from django.forms.renderers import TemplatesSetting


class PortalRenderer(TemplatesSetting):
    form_template_name = "includes/formular.html"
    field_template_name = "includes/feld.html"
