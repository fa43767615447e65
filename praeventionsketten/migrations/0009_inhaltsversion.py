from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('praeventionsketten', '0008_loeschnachweis'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inhaltsversion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nummer', models.PositiveBigIntegerField(default=0)),
                ('woerter', models.PositiveBigIntegerField(default=0, verbose_name='Wörter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='inhaltsversion_nur_eine')],
            },
        ),
    ]
