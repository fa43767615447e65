"""The admin of the portal: its site, and the base that keeps Kommunen apart."""

from django.contrib import admin


class Verwaltung(admin.AdminSite):
    site_title = "Verwaltung"
    site_header = "Verwaltung"
    index_title = "Aufgaben"
