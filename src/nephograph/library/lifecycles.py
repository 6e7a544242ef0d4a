"""Which versions of database engines have left standard support. Dates of the provider, as of November 2026.

https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html
https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.VersionPolicy.html
"""

from __future__ import annotations

CACHE_NODES_PREVIOUS = ("cache.t1.", "cache.m1.", "cache.m2.", "cache.m3.", "cache.r3.", "cache.c1.")
"""How node types of ElastiCache begin that its page lists as previous generation; t2, m4 and r4 it calls current.

https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheNode.html
"""

_ENDED = {
    # 8.0 left it on 2026-07-31.
    "mysql": ("5.5", "5.6", "5.7", "8.0"),
    # 10.6 left it on 2026-08-31.
    "mariadb": ("10.0", "10.1", "10.2", "10.3", "10.4", "10.5", "10.6"),
    # 13 left it on 2026-02-28, also on Aurora.
    "postgres": ("9", "10", "11", "12", "13"),
    "aurora": ("5.6",),
    "aurora-mysql": ("5.7",),
    "aurora-postgresql": ("9", "10", "11", "12", "13"),
    # 2026-03-30.
    "docdb": ("3.6",),
}


def ended(engine: object, version: object) -> bool:
    """Has the version of that engine left standard support? No for what is not known."""
    begins = _ENDED.get(engine, ()) if isinstance(engine, str) else ()
    return isinstance(version, str) and any(version == begin or version.startswith(f"{begin}.") for begin in begins)
