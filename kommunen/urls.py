from django.urls import path

from . import views

urlpatterns = [
    path("", views.kommune_liste, name="kommune_liste"),
    path("<slug:slug>/", views.kommune, name="kommune"),
]
