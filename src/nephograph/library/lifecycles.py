"""Which versions of database engines have left standard support. Dates of the provider, as of the end of 2025.

https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
"""

from __future__ import annotations

_ENDED = {
    "mysql": ("5.5", "5.6", "5.7"),
    "mariadb": ("10.0", "10.1", "10.2", "10.3"),
    "postgres": ("9", "10", "11", "12"),
    "aurora": ("5.6",),
    "aurora-mysql": ("5.7",),
    "aurora-postgresql": ("9", "10", "11", "12"),
    "docdb": ("3.6",),
}


def ended(engine: object, version: object) -> bool:
    """Has the version of that engine left standard support? No for what is not known."""
    begins = _ENDED.get(engine, ()) if isinstance(engine, str) else ()
    return isinstance(version, str) and any(version == begin or version.startswith(f"{begin}.") for begin in begins)
