
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('praeventionsketten', '0011_vertraut_nach'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wortlieferung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('datei', models.CharField(max_length=60, unique=True)),
                ('geladen_am', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'verbose_name': 'Lieferung von Suchwörtern',
                'verbose_name_plural': 'Lieferungen von Suchwörtern',
            },
        ),
    ]
