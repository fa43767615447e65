from django.apps import AppConfig


class AngeboteConfig(AppConfig):
    name = "angebote"

    def ready(self) -> None:
        from angebote import aufgaben  # noqa: F401
