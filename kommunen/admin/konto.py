from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.contrib.auth.models import Group

from kommunen.models import Zustaendigkeit
from praeventionsketten import konten, rollen
from praeventionsketten.models import Konto
from praeventionsketten.verwaltung import PortalAdmin, PortalStacked
from praeventionsketten.verwaltung.formular import VerwaltungForm


class KontoForm(VerwaltungForm):
    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class ZustaendigkeitInline(PortalStacked):
    kommune_pfad = "kommune"
    model = Zustaendigkeit
    autocomplete_fields = ["kommune"]
    fields = ["kommune", ("von", "bis")]
    verbose_name_plural = "Zuständig für"


@admin.register(Konto)
class KontoAdmin(PortalAdmin):
    """Accounts are given. The Redaktion invites coordinators, the Administration anybody."""

    form = KontoForm
    knoepfe = {"einladen": "Einladung noch einmal senden"}
    list_display = ["name", "email", "rollen", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    search_fields = ["name", "email"]
    inlines = [ZustaendigkeitInline]
    readonly_fields = ["last_login"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Rollen")
    def rollen(self, konto) -> str:
        return ", ".join(gruppe.name for gruppe in konto.groups.all())

    def vergibt_rollen(self, request) -> bool:
        return request.user.is_superuser or rollen.ADMINISTRATION in rollen.rollen_von(
            request.user
        )

    def get_fieldsets(self, request, obj=None):
        person = ["name", "email", "is_active"]
        if obj:
            person.append("last_login")
        fieldsets = [(None, {"fields": person})]
        if self.vergibt_rollen(request):
            fieldsets.append(("Rollen", {"fields": ["groups"]}))
        return fieldsets

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=rollen.ROLLEN)
            kwargs["label"] = "Rollen"
            kwargs["help_text"] = "Was die Person darf, steht im Redaktionshandbuch."
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None) -> bool:
        """Nobody changes an account that may do more than her own."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.is_superuser:
            return True
        return not obj.is_superuser and (
            self.vergibt_rollen(request) or self._ist_nur_koordination(obj)
        )

    def has_delete_permission(self, request, obj=None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or self.has_change_permission(request, obj)
        )

    def _ist_nur_koordination(self, konto) -> bool:
        return rollen.rollen_von(konto) <= {rollen.KOORDINATION}

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # The old address must not open the account any more.
            EmailAddress.objects.filter(user=obj).delete()

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            if not self.vergibt_rollen(request):
                form.instance.groups.set(Group.objects.filter(name=rollen.KOORDINATION))
            konten.einladen(form.instance)
            self.message_user(request, "Die Einladung ist unterwegs.", messages.SUCCESS)

    def einladen(self, request, konto) -> None:
        konten.einladen(konto)
        self.message_user(request, "Die Einladung ist unterwegs.", messages.SUCCESS)
