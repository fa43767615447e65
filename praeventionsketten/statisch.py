"""Static files: hashed, compressed, and all of portal.css's imports in one file."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class PortalStorage(CompressedManifestStaticFilesStorage):
    pass
