"""`manage.py demokonten`: whose password stands in the demo world, one per line."""

from django.core.management.base import BaseCommand

from praeventionsketten.models import Konto


class Command(BaseCommand):
    help = "Lists the demo accounts. A portal others can reach must have none."

    def handle(self, **options) -> None:
        for email in Konto.objects.demo().values_list("email", flat=True):
            self.stdout.write(email)
