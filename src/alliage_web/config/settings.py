"""Settings of the public site: no database, no session, no account, no cookie. What changes comes from the environment.

ALLIAGE_RELEASE   the release folder to show
ALLIAGE_HOSTS     host names it answers to, separated by commas (loopback names by default)
SECRET_KEY        required as soon as the site listens on anything but loopback
"""

from __future__ import annotations

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent

# Nothing is signed here (no session, no form that changes anything), but Django wants a key. This one is public: the
# command refuses it on an address that others can reach.
DEMO_KEY = "demonstration-only-" + "0" * 40
SECRET_KEY = os.environ.get("SECRET_KEY") or DEMO_KEY
DEBUG = False

LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = [name for name in os.environ.get("ALLIAGE_HOSTS", "").split(",") if name] or LOOPBACK
ALLIAGE_RELEASE = os.environ.get("ALLIAGE_RELEASE", "")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "alliage_web.ui",
    "alliage_web.products.observatory",
]
MIDDLEWARE = [
    "alliage_web.ui.middleware.bodiless",
    "alliage_web.ui.middleware.policies",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alliage_web.ui.middleware.language",
    "alliage_web.ui.middleware.friendly_errors",
]
ROOT_URLCONF = "alliage_web.config.urls"
WSGI_APPLICATION = "alliage_web.config.wsgi.application"
APPEND_SLASH = False
DATABASES: dict[str, dict[str, str]] = {}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["alliage_web.ui.context.every_page"],
            "builtins": ["django.templatetags.i18n", "alliage_web.ui.templatetags.alliage"],
        },
    }
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = None
# Served straight from the package: nothing to collect before the first run.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
