"""Django settings, made from `synergy.conf`. What an operator may change stands there."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from synergy.conf import BASE_DIR, ConfigError, kept_secret_key, make_folders, read_config
from synergy.logs import logging_settings

try:
    CONFIG = read_config()
    make_folders(CONFIG)
except ConfigError as error:
    raise SystemExit(f"synergy: {error}") from None

SECRET_KEY = CONFIG.secret_key or kept_secret_key(CONFIG.data_dir)
DEBUG = CONFIG.debug
ALLOWED_HOSTS = list(CONFIG.allowed_hosts)
LOGGING = logging_settings(level=CONFIG.log_level, style=CONFIG.log_format)

INSTALLED_APPS = [
    "daphne",
    "challenges.plans.exchange.apps.ExchangeConfig",
    "challenges.plans.apps.PlansConfig",
    "challenges.consultations.apps.ConsultationsConfig",
    "challenges.groups.apps.TaskGroupsConfig",
    "challenges",
    "sessions.openspace.apps.OpenSpaceConfig",
    "sessions.apps.TrainingConfig",
    "rooms",
    "synergy.operations.apps.OperationsConfig",
    "synergy.hooks.apps.HooksConfig",
    "synergy.cohorts",
    "synergy.notices.apps.NoticesConfig",
    "synergy.keys.apps.KeysConfig",
    "synergy.people",
    "synergy.search.apps.SearchConfig",
    "synergy.live",
    "synergy.journal",
    "synergy.audit",
    "synergy.queue",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
    "synergy.static_files.StaticFilesConfig",
]

MIDDLEWARE = [
    "synergy.operations.middleware.observed",
    "django.middleware.security.SecurityMiddleware",
    "synergy.people.middleware.permissions_policy",
    "synergy.static_files.StaticFiles",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "synergy.people.middleware.session_sign_of_life",
    "synergy.people.middleware.person_locale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "synergy.people.middleware.no_blank_pages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if CONFIG.two_steps == "organisers":
    MIDDLEWARE.append("synergy.cohorts.two_steps.asked_of_organisers")

ROOT_URLCONF = "synergy.urls"
ASGI_APPLICATION = "asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "synergy" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sessions.openspace.bar.open_space",
                "synergy.notices.bar.bell",
            ],
        },
    },
]

DATABASES = {"default": CONFIG.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if CONFIG.redis_url:
    CACHES = {"default": {"BACKEND": "synergy.cache.LenientRedisCache", "LOCATION": CONFIG.redis_url}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            # A timeout of redis-py would end an idle receiver.
            "CONFIG": {
                "hosts": [{"address": CONFIG.redis_url, "socket_timeout": None}],
                "prefix": CONFIG.channel_prefix,
            },
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}},
    }

# Any name of a queue: one worker does them all.
TASKS = {"default": {"BACKEND": "synergy.queue.backend.QueueBackend", "QUEUES": []}}

# Webhooks go over TLS into the public network alone; tests have their receivers on this machine.
HOOKS_REACH_LOOPBACK = False

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

# Sign-in is a code by e-mail; a password is each person's own choice. Nobody can sign up.
ACCOUNT_ADAPTER = "synergy.people.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {
    # A whole class may sit behind one address; a code has 8 digits and takes 3 tries.
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,5/5m/key,20/h/key",
    "join_code_failed": "30/5m/ip",
    "reauthenticate": "10/m/user",
}
# A second step is each person's own choice; a passkey signs in alone.
MFA_ADAPTER = "synergy.people.two_steps.TwoStepsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIG.https else 0
FORM_RENDERER = "synergy.people.forms.Renderer"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("pl", _("Polish")),
    ("bg", _("Bulgarian")),
    ("lv", _("Latvian")),
    ("hu", _("Hungarian")),
    ("sk", _("Slovak")),
]
LOCALE_PATHS = [BASE_DIR / "synergy" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["synergy.formats"]

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STATIC_ROOT = CONFIG.data_dir / "static"
MEDIA_ROOT = CONFIG.media_root
# With DEBUG files are served as they are in static/dist; else as `manage.py collectstatic` left them.
HASHED_FILES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_FILES if DEBUG else HASHED_FILES},
}
WHITENOISE_USE_FINDERS = DEBUG
# Source maps of the API page are large and hardly ever fetched.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]
DATA_UPLOAD_MAX_MEMORY_SIZE = CONFIG.upload_limit + 64 * 1024

DEFAULT_FROM_EMAIL = CONFIG.email_from
locals().update(CONFIG.email)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = CONFIG.https
# Load balancers and Prometheus ask the process itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^(health|ready|metrics)/$"]
SECURE_HSTS_SECONDS = 31_536_000 if CONFIG.https else 0
# Whether sub-domains and browsers' own lists are included is for the owner of the domain to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.https else None
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "synergy.keys.doors.refusal_answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Synergy",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "POSTPROCESSING_HOOKS": ["synergy.live.schema.add_live_door", "synergy.live.schema.add_summaries"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
