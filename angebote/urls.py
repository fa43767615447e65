from django.urls import path

from . import views

urlpatterns = [
    path("", views.angebot_liste, name="angebot_liste"),
    path("<slug:slug>/", views.angebot, name="angebot"),
]
