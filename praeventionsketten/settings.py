"""Settings of the portal, all from the environment (README, "Configuration").

Production is the default and fails closed. `PORTAL_MODUS=lokal`, set by portal.py,
is the embedded mode for one machine: SQLite in var/, its own key, mails as files.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
LOKAL = env.str("PORTAL_MODUS", "produktion") == "lokal"
DEBUG = LOKAL and env.bool("DEBUG", False)

if LOKAL:
    SECRET_KEY = env.str("SECRET_KEY", "") or (VAR_DIR / "schluessel").read_text().strip()
    BASIS_URL = env.str("BASIS_URL", "http://127.0.0.1:8000")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    for _name in ("SECRET_KEY", "BASIS_URL", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"):
        if not env.str(_name, "").strip():
            raise ImproperlyConfigured(f"Production needs {_name} (README, Configuration).")
    SECRET_KEY = env.str("SECRET_KEY")
    BASIS_URL = env.str("BASIS_URL")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Production needs a SECRET_KEY of at least 50 characters.")
    if not BASIS_URL.startswith("https://") or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Production needs an https BASIS_URL and named hosts.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASIS_URL = BASIS_URL.rstrip("/")

# ------------------------------------------------------------------ apps

INSTALLED_APPS = [
    "praeventionsketten.apps.PortalConfig",
    "praeventionsketten.apps.VerwaltungConfig",
    "kommunen",
    "angebote",
    "veranstaltungen",
    "allauth",
    "allauth.account",
    "csp",
    "django_filters",
    "django_prose_editor",
    "imagefield",
    "js_asset",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

# A page in the memory of a browser is from another program once this one starts anew.
PROGRAMMLAUF = secrets.token_hex(4)

MIDDLEWARE = [
    "praeventionsketten.middleware.schutzkopf",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "praeventionsketten.middleware.Inhaltsrichtlinie",
    "django.middleware.security.SecurityMiddleware",
    "praeventionsketten.middleware.saubere_anfrage",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "praeventionsketten.middleware.erklaerte_absage",
    "praeventionsketten.middleware.ohne_datenbank",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "praeventionsketten.urls"
WSGI_APPLICATION = "praeventionsketten.wsgi.application"
FORM_RENDERER = "praeventionsketten.formulare.PortalRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "praeventionsketten.context.landesprogramm",
            ],
            "builtins": ["praeventionsketten.templatetags.portal"],
        },
    }
]

# ------------------------------------------------------------------ data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_SQLITE = f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"
DATABASES = {"default": env.db("DATABASE_URL", _SQLITE) if LOKAL else env.db("DATABASE_URL")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE is the lock: a transaction that reads first would otherwise lose to a writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    # Nobody waits longer for a row or a table that somebody else holds.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=3s"

# Shared by all workers, so that rate limits count once.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zwischenspeicher",
    }
}

MEDIA_URL = "/medien/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "medien")))
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
# Asks other people's websites whether they answer; the demo world talks to nobody.
LINKPRUEFUNG = env.bool("LINKPRUEFUNG", False) and not LOKAL
FEHLSUCHEN_SEKUNDEN = 5 * 60  # how long a worker collects searches without hits
IMAGEFIELD_BIN_DEPTH = 2

# ------------------------------------------------------------------ people

AUTH_USER_MODEL = "praeventionsketten.Konto"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "praeventionsketten.konten.KontoAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "praeventionsketten.kontoformulare.LoginForm",
    "request_login_code": "praeventionsketten.kontoformulare.RequestLoginCodeForm",
    "confirm_login_code": "praeventionsketten.kontoformulare.ConfirmLoginCodeForm",
    "reset_password": "praeventionsketten.kontoformulare.ResetPasswordForm",
    "reset_password_from_key": "praeventionsketten.kontoformulare.ResetPasswordKeyForm",
    "change_password": "praeventionsketten.kontoformulare.ChangePasswordForm",
    "set_password": "praeventionsketten.kontoformulare.SetPasswordForm",
    "reauthenticate": "praeventionsketten.kontoformulare.ReauthenticateForm",
}
# A whole office behind one address may ask for its links; a machine may not.
ACCOUNT_RATE_LIMITS = {"meine_anmeldung": "60/10m/ip"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60
MESSAGE_STORAGE = "praeventionsketten.nachrichten.Nachrichten"

# ------------------------------------------------------------------ language and time

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

# ------------------------------------------------------------------ static files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "praeventionsketten.statisch.PortalStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# ------------------------------------------------------------------ mail

EMAIL_BACKEND = "praeventionsketten.post.Postausgang"  # every mail is a row in the outbox
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""
if LOKAL and not env.str("EMAIL_URL", ""):
    VERSAND_BACKEND = "praeventionsketten.post.EmlDateien"
    EMAIL_FILE_PATH = VAR_DIR / "post"
else:
    _EMAIL = env.email_url("EMAIL_URL")
    VERSAND_BACKEND = _EMAIL.pop("EMAIL_BACKEND")
    vars().update(_EMAIL)
DEFAULT_FROM_EMAIL = env.str("ABSENDER", "portal@localhost" if LOKAL else environ.Env.NOTSET)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ------------------------------------------------------------------ security

# The element the rich text editor 0.28 injects for its own styles; tests see a new one at once.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}
CSP_VERWALTUNG = {
    "script-src": [SELF, NONCE],
    "style-src": [SELF, EDITOR_STYLE],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "require-trusted-types-for": None,
    "trusted-types": None,
}
SILENCED_SYSTEM_CHECKS = ["imagefield.I001"]  # pictures are scaled, never cropped
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser, not after a year
CSRF_FAILURE_VIEW = "praeventionsketten.fehler.csrf_fehler"
if not LOKAL:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if env.bool("HINTER_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        ALLAUTH_TRUSTED_PROXY_COUNT = 1

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "praeventionsketten": {"level": "INFO"},
        # It warns about every HEAD request, which Django answers like a GET.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
