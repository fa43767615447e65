"""Signed links that are bound to one purpose: a token for one never opens another.

Nothing secret is stored. A token is revoked by raising the version it was made with,
and survives a change of SECRET_KEY through SECRET_KEY_FALLBACKS.
"""

from django.core import signing


def zeichen(zweck: str, *teile: object) -> str:
    """The token of a purpose for these parts, short enough for a mail."""
    return _signer(zweck).signature(_wert(teile))


def gilt(zweck: str, token: str, *teile: object) -> bool:
    """Whether the token was made for exactly this purpose and these parts."""
    try:
        _signer(zweck).unsign(f"{_wert(teile)}:{token}")
    except signing.BadSignature:
        return False
    return True


def _signer(zweck: str) -> signing.Signer:
    return signing.Signer(salt=f"praeventionsketten.{zweck}")


def _wert(teile: tuple) -> str:
    # JSON keeps ("a", "b:c") and ("a:b", "c") apart; hex keeps the separator out of it.
    return signing.JSONSerializer().dumps([str(teil) for teil in teile]).hex()
