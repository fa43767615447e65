"""`manage.py plaetze_pruefen`: do the counters of the seats tell what the rows tell?"""

from django.core.management.base import BaseCommand, CommandError

from veranstaltungen import plaetze


class Command(BaseCommand):
    help = "Vergleicht die Zähler der Plätze mit den Anmeldungen; endet mit 1 bei Abweichungen."

    def handle(self, **options) -> None:
        abweichungen = plaetze.abgleich()
        for abweichung in abweichungen:
            self.stdout.write(f"{abweichung.kontingent.veranstaltung} · {abweichung.in_worten}")
        if abweichungen:
            raise CommandError(f"Abweichungen bei den Plätzen: {len(abweichungen)}")
        self.stdout.write("Alle Zähler stimmen, und niemand wartet neben einem freien Platz.")
