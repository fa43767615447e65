"""Messages to the person, kept where Django keeps them, but only if there are any."""

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.utils.functional import cached_property


class Nachrichten(FallbackStorage):
    """Sets up cookie and session when the first message is read or written.

    Django does so for every request, and it takes longer than any other middleware.
    """

    def __init__(self, request, *args, **kwargs) -> None:
        BaseStorage.__init__(self, request, *args, **kwargs)
        self._used_storages = set()

    @cached_property
    def storages(self) -> list[BaseStorage]:
        return [storage(self.request) for storage in self.storage_classes]
