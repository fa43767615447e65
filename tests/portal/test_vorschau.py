import pytest
from django.contrib.auth.models import Group

from praeventionsketten import rollen
from praeventionsketten.models import Status
from tests.factories import make_bericht, make_kommune, make_konto, make_zustaendigkeit

pytestmark = pytest.mark.django_db


@pytest.fixture
def koordination():
    """A coordinator and the two drafts: of her own Kommune and of another one."""
    rollen.einrichten()
    konto = make_konto()
    konto.groups.add(Group.objects.get(name=rollen.KOORDINATION))
    eigene, fremde = (make_kommune(status=Status.ENTWURF) for _ in range(2))
    make_zustaendigkeit(konto=konto, kommune=eigene)
    return konto, eigene, fremde


def test_a_coordinator_previews_her_own_kommune_and_no_other(client, koordination):
    konto, eigene, fremde = koordination
    client.force_login(konto)

    assert client.get(eigene.get_absolute_url()).status_code == 200
    assert client.get(fremde.get_absolute_url()).status_code == 404


def test_a_coordinator_sees_no_draft_of_what_she_does_not_edit(client, koordination):
    client.force_login(koordination[0])

    assert client.get(make_bericht(status=Status.ENTWURF).get_absolute_url()).status_code == 404


def test_an_account_without_the_admin_sees_no_draft(client, koordination):
    konto, eigene, _ = koordination
    konto.is_staff = False
    konto.save()
    client.force_login(konto)

    assert client.get(eigene.get_absolute_url()).status_code == 404


def test_who_is_logged_in_reads_public_pages_without_a_session(client, koordination):
    client.force_login(koordination[0])

    antwort = client.get(make_kommune().get_absolute_url())

    assert "Cookie" not in antwort.headers.get("Vary", "")
