"""The portal's addresses and one more: a view that does nothing, to compare with."""

from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("leer/", lambda request: HttpResponse("")),
    path("leer/mit-schichten/", lambda request: HttpResponse("")),
    path("", include("praeventionsketten.urls")),
]
