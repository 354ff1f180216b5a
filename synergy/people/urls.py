from __future__ import annotations

from allauth.account import views as account
from django.urls import path

from synergy.people import own_data_views, sign_in_views, views
from synergy.people.two_steps import on_demand

app_name = "people"
MFA, STEPS = "allauth.mfa", "synergy.people.two_step_views"

urlpatterns = [
    path("you/", views.profile, name="profile"),
    path("you/picture/", views.picture, name="picture"),
    path("you/password/", views.password, name="password"),
    path("you/password/remove/", views.remove_password, name="remove_password"),
    path("you/sessions/", views.sessions, name="sessions"),
    path("you/sessions/end/", views.end_sessions, name="end_sessions"),
    path("you/data/", own_data_views.your_data, name="your_data"),
    path("you/data/download/", own_data_views.download, name="download_data"),
    path("language/", views.language, name="language"),
    path("inbox/", views.inbox, name="inbox"),
]

# The names are allauth's own: it looks its pages up by them. What is not listed does not exist here.
account_urlpatterns = [
    path("accounts/login/", sign_in_views.RequestCodeView.as_view(), name="account_login"),
    path("accounts/login/", sign_in_views.RequestCodeView.as_view(), name="account_request_login_code"),
    path("accounts/login/code/", sign_in_views.ConfirmCodeView.as_view(), name="account_confirm_login_code"),
    path("accounts/login/password/", account.login, name="account_login_by_password"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/no-account/", account.signup, name="account_signup"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/second-step/", on_demand(f"{STEPS}.second_step"), name="mfa_authenticate"),
    path("accounts/login/passkey/", on_demand(f"{STEPS}.passkey_sign_in"), name="mfa_login_webauthn"),
    path("accounts/again/password/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/again/code/", on_demand(f"{MFA}.base.views.reauthenticate"), name="mfa_reauthenticate"),
    path("accounts/again/passkey/", on_demand(f"{STEPS}.passkey_again"), name="mfa_reauthenticate_webauthn"),
    path("you/two-steps/", on_demand(f"{STEPS}.overview"), name="mfa_index"),
    path("you/two-steps/app/", on_demand(f"{STEPS}.set_up_app"), name="mfa_activate_totp"),
    path(
        "you/two-steps/app/remove/",
        on_demand(f"{MFA}.totp.views.deactivate_totp"),
        name="mfa_deactivate_totp",
    ),
    path(
        "you/two-steps/codes/",
        on_demand(f"{MFA}.recovery_codes.views.view_recovery_codes"),
        name="mfa_view_recovery_codes",
    ),
    path(
        "you/two-steps/codes/new/",
        on_demand(f"{MFA}.recovery_codes.views.generate_recovery_codes"),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "you/two-steps/codes/file/",
        on_demand(f"{STEPS}.recovery_codes_file"),
        name="mfa_download_recovery_codes",
    ),
    path("you/two-steps/passkeys/", on_demand(f"{STEPS}.passkeys"), name="mfa_list_webauthn"),
    path("you/two-steps/passkeys/add/", on_demand(f"{STEPS}.add_passkey"), name="mfa_add_webauthn"),
    path(
        "you/two-steps/passkeys/<int:pk>/remove/",
        on_demand(f"{STEPS}.remove_passkey"),
        name="mfa_remove_webauthn",
    ),
]
