from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('praeventionsketten', '0009_inhaltsversion'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wortgruppe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('art', models.CharField(choices=[('synonyme', 'andere Wörter für dasselbe'), ('begriffe', 'das erste Wort führt zu den weiteren'), ('familien', 'Ableitungen eines Wortes'), ('lexikon', 'Bestandteile zusammengesetzter Wörter'), ('eigen', 'Wörter, deren Ende keine Endung ist'), ('schwach', 'zählt mit, muss aber nicht vorkommen'), ('stopp', 'wird nie gesucht'), ('felder', 'ein Handlungsfeld und die Wörter, die dort zu Hause sind')], max_length=20)),
                ('woerter', models.TextField(help_text='Mit Komma getrennt. Groß und klein, Umlaute und Endungen sind gleichgültig.', verbose_name='Wörter')),
            ],
            options={
                'verbose_name': 'Wortgruppe der Suche',
                'verbose_name_plural': 'Wörter der Suche',
                'ordering': ['art', 'woerter'],
            },
        ),
    ]
