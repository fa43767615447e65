from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    name = "praeventionsketten"
    verbose_name = "Portal"

    def ready(self) -> None:
        from praeventionsketten import checks  # noqa: F401

        # What every app says about its personal data and does again and again.
        autodiscover_modules("personendaten")
        autodiscover_modules("aufgaben")


class VerwaltungConfig(AdminConfig):
    """Django's admin with our own start page and order."""

    default_site = "praeventionsketten.verwaltung.Verwaltung"
