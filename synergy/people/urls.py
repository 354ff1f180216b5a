from __future__ import annotations

from allauth.account import views as account
from django.urls import path

from synergy.people import sign_in_views, views

app_name = "people"

urlpatterns = [
    path("you/", views.profile, name="profile"),
    path("you/picture/", views.picture, name="picture"),
    path("you/password/", views.password, name="password"),
    path("you/password/remove/", views.remove_password, name="remove_password"),
    path("you/sessions/", views.sessions, name="sessions"),
    path("you/sessions/end/", views.end_sessions, name="end_sessions"),
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
]
