"""Backups: everything that cannot be made again, in one archive, and back from it.

taking.py makes an archive, archive.py says what stands in one and refuses what is none, restoring.py puts it in place.
"""

from api.backup.archive import BackupManifest, read_manifest
from api.backup.restoring import Restored, restore
from api.backup.taking import Taken, back_up

__all__ = ["BackupManifest", "Restored", "Taken", "back_up", "read_manifest", "restore"]
