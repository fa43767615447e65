from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

# Nobody can receive mail there: whoever has such an address belongs to the demo world.
DEMO_DOMAIN = "example.org"


class KontoManager(BaseUserManager):
    use_in_migrations = True

    def demo(self):
        """Accounts of the demo world, whose passwords anybody can look up."""
        return self.filter(email__iendswith=f"@{DEMO_DOMAIN}")

    def create_user(self, email: str, password: str | None = None, **felder):
        """A Konto by e-mail address; without a password it logs in by code only."""
        konto = self.model(email=self.normalize_email(email).lower(), **felder)
        konto.set_password(password)
        konto.save(using=self._db)
        return konto

    def create_superuser(self, email: str, password: str | None = None, **felder):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **felder)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class Konto(AbstractBaseUser, PermissionsMixin):
    """Somebody who works in the portal. Accounts are given, nobody signs up."""

    email = models.EmailField("E-Mail-Adresse", unique=True)
    name = models.CharField(
        "Name", max_length=120, help_text="So sehen Sie Kolleginnen und Kollegen."
    )
    is_staff = models.BooleanField("darf in die Verwaltung", default=True)
    is_active = models.BooleanField(
        "aktiv", default=True, help_text="Statt ein Konto zu löschen, hier den Haken entfernen."
    )
    wochenmail = models.BooleanField(
        "einmal in der Woche eine E-Mail, wenn etwas zu tun ist", default=True, db_default=True
    )
    date_joined = models.DateTimeField("angelegt am", default=timezone.now, editable=False)

    objects = KontoManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "Konto"
        verbose_name_plural = "Konten"
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="konto_email_eindeutig",
                violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def eigene_kommunen(self) -> list[int]:
        """Keys of the Kommunen this person works for today."""
        return list(self.zustaendigkeiten.gueltig().values_list("kommune", flat=True))

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
