from django.test import override_settings

from praeventionsketten.lib import signatur


def test_a_token_opens_what_it_was_made_for():
    token = signatur.zeichen("meine-anmeldung", "abc", 1)

    assert signatur.gilt("meine-anmeldung", token, "abc", 1)


def test_a_token_of_one_purpose_never_opens_another():
    token = signatur.zeichen("meine-anmeldung", "abc", 1)

    assert not signatur.gilt("bestaetigen", token, "abc", 1)


def test_a_raised_version_revokes_the_token():
    token = signatur.zeichen("meine-anmeldung", "abc", 1)

    assert not signatur.gilt("meine-anmeldung", token, "abc", 2)


def test_parts_cannot_be_shifted_into_each_other():
    token = signatur.zeichen("z", "a:b", "c")

    assert not signatur.gilt("z", token, "a", "b:c")


def test_garbage_is_refused_without_an_error():
    for muell in ("", ":", "\0", "ä" * 1000, "a:b:c"):
        assert not signatur.gilt("z", muell, "a")


def test_links_survive_a_change_of_the_secret_key(settings):
    token = signatur.zeichen("z", "a")

    with override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert signatur.gilt("z", token, "a")
    with override_settings(SECRET_KEY="n" * 60, SECRET_KEY_FALLBACKS=[]):
        assert not signatur.gilt("z", token, "a")
