"""Uploaded files: shown or offered, but never able to run."""

import pytest

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def media(settings, tmp_path):
    """A media folder with a file beside it that nobody may reach."""
    settings.MEDIA_ROOT = tmp_path / "medien"
    (settings.MEDIA_ROOT / "bilder").mkdir(parents=True)
    (settings.MEDIA_ROOT / "bilder/kind.png").write_bytes(PNG)
    (settings.MEDIA_ROOT / "faktenblatt ä.pdf").write_bytes(b"%PDF-1.7")
    (settings.MEDIA_ROOT / "fremd.html").write_text("<script>alert(1)</script>")
    (tmp_path / "schluessel").write_text("streng geheim")
    return settings.MEDIA_ROOT


@pytest.fixture
def fetch(client, media):
    """Opens a file of the media folder and reads it to the end, which closes it."""

    def get(path, **headers):
        response = client.get(f"/medien/{path}", headers=headers)
        response.body = response.getvalue()
        return response

    return get


def test_a_picture_is_shown(fetch):
    response = fetch("bilder/kind.png")

    assert response.body == PNG
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("name", ["bilder/kind.png", "faktenblatt%20%C3%A4.pdf", "fremd.html"])
def test_nothing_uploaded_can_run(fetch, name):
    response = fetch(name)

    policy = response.headers["Content-Security-Policy"].split("; ")
    assert sorted(policy) == ["default-src 'none'", "sandbox"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_document_is_offered_under_its_name(fetch):
    response = fetch("faktenblatt%20%C3%A4.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert "%C3%A4.pdf" in response.headers["Content-Disposition"]


def test_a_page_that_slipped_in_is_not_opened(fetch):
    response = fetch("fremd.html")

    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "../schluessel",
        "%2e%2e/schluessel",
        "bilder/../../schluessel",
        "/etc/passwd",
        "bilder/",
        "",
    ],
)
def test_nothing_beside_the_folder_can_be_reached(client, media, path):
    response = client.get(f"/medien/{path}")

    assert response.status_code in {400, 404}
    assert b"geheim" not in response.content


def test_an_unchanged_file_is_not_sent_again(fetch):
    first = fetch("bilder/kind.png")
    since = first.headers["Last-Modified"]

    second = fetch("bilder/kind.png", **{"if-modified-since": since})

    assert second.status_code == 304
