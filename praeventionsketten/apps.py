from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "praeventionsketten"
    verbose_name = "Portal"

    def ready(self) -> None:
        from praeventionsketten import checks  # noqa: F401


class VerwaltungConfig(AdminConfig):
    """Django's admin with our own start page and order."""

    default_site = "praeventionsketten.verwaltung.Verwaltung"
