"""Databases, caches, streams and file systems: which of their zones they survive."""

from nephograph.library.dependencies.declare import How, need
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown

_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html"
_CACHE = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html"
_MSK = "https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html"


def _in_its_zone(resource: Resource) -> How:
    """A single instance stands in one zone; a standby in another one takes over."""
    return "every" if resource.get("multi_az") is False else ""


def _somewhere(resource: Resource) -> How:
    """Of a subnet group a single instance uses one subnet: the one of its zone, where that is said."""
    several = resource.get("multi_az")
    if several is True:
        return "any"
    zone = resource.get("zone")
    return "one" if zone is None or is_unknown(zone) else ""


def _by_failover(resource: Resource) -> How:
    return "any" if resource.get("automatic_failover") is True else "every"


NEEDS = (
    need("aws_db_instance", _in_its_zone, "zone:zone", says="it stands in it alone", reference=_RDS),
    need("aws_db_instance", _somewhere, "in_subnet_group in_subnet", says="it stands in it", reference=_RDS),
    need("aws_rds_cluster", "any", "~member_of", says="it answers for it"),
    need("aws_rds_cluster", "any", "in_subnet_group in_subnet", says="it stands in it"),
    need("aws_redshift_cluster", _in_its_zone, "zone:zone", says="it stands in it"),
    need("aws_redshift_cluster", _somewhere, "in_subnet_group in_subnet", says="it stands in it"),
    need("aws_elasticache_cluster", "every", "zone:zone", says="its nodes stand in it", reference=_CACHE),
    need("aws_elasticache_replication_group", _by_failover, "has_member", says="it answers for it", reference=_CACHE),
    need("aws_elasticache_replication_group", "any", "in_subnet_group in_subnet", says="it stands in it"),
    need("aws_msk_cluster", "most", "in_subnet", says="most of its brokers have to agree", reference=_MSK),
    need("aws_efs_file_system", "every", "zone:availability_zone", says="it keeps everything in it"),
    need("aws_efs_access_point", "every", "serves", says="it opens it"),
    need("aws_kms_alias", "every", "alias_of", says="it is a name for it"),
)
