"""ElastiCache cluster: a cache of its own, or one node of a replication group, which then says how it is encrypted."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import first_of, pluck, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_GROUP = Unknown(Reason.NOT_SEEN, "what its replication group says")


def _port(document: Cursor) -> Tree:
    """The port, else the engine's own one."""
    said = first_of(document, "port", "Port", "ConfigurationEndpoint.Port", "CacheNodes.Endpoint.Port")
    engine = first_of(document, "engine", "Engine")
    if (says(said) and said.value != 0) or engine.unknown:
        return said if says(said) else engine
    return engine.be({"memcached": 11211, "redis": 6379, "valkey": 6379}.get(str(engine.value)))


def _at_rest(document: Cursor) -> Tree:
    group = document.at("replication_group_id")
    return group.be(_GROUP) if says(group) else None


KIND = Kind(
    native="AWS::ElastiCache::CacheCluster",
    service="elasticache",
    cls=Class.DATABASE,
    identity=("name",),
    arn="arn:{partition}:elasticache:{region}:{account}:cluster:{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "engine": text(),
        "engine_version": text(),
        "node_type": text(),
        "nodes": number(),
        "replication_group": reference("aws_elasticache_replication_group"),
        "subnet_group": reference("aws_elasticache_subnet_group"),
        "security_groups": references("aws_security_group"),
        "port": number(),
        "zone": text(),
        # Only replication groups can be encrypted at rest.
        "encrypted": flag(default=False),
        "transit_encryption": flag(default=False),
        "backup_days": number(default=0),
        "auto_minor_upgrade": flag(default=True),
        "parameter_group": text(),
        "tags": mapping(),
    },
    links=(
        Link("member_of", "replication_group"),
        Link("in_subnet_group", "subnet_group"),
        Link("has_security_group", "security_groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_elasticache_cluster",
            {
                "name": "cluster_id",
                "engine": "engine",
                "engine_version": "engine_version",
                "node_type": "node_type",
                "nodes": "num_cache_nodes",
                "replication_group": "replication_group_id",
                "subnet_group": "subnet_group_name",
                "security_groups": "security_group_ids",
                "port": _port,
                "zone": "availability_zone",
                "encrypted": _at_rest,
                "transit_encryption": Otherwise("transit_encryption_enabled", _GROUP, when=("replication_group_id",)),
                "backup_days": "snapshot_retention_limit",
                "auto_minor_upgrade": "auto_minor_version_upgrade",
                "parameter_group": "parameter_group_name",
                "tags": "tags",
            },
            computed={"cluster_id": "{name}"},
            ignores=(
                "apply_immediately",
                "az_mode",
                "cache_nodes",
                "cluster_address",
                "configuration_endpoint",
                "engine_version_actual",
                "final_snapshot_identifier",
                "ip_discovery",
                "log_delivery_configuration",
                "maintenance_window",
                "network_type",
                "notification_topic_arn",
                "outpost_mode",
                "preferred_availability_zones",
                "preferred_outpost_arn",
                "security_group_names",
                "snapshot_arns",
                "snapshot_name",
                "snapshot_window",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ElastiCache::CacheCluster",
            {
                "name": "ClusterName",
                "engine": "Engine",
                "engine_version": "EngineVersion",
                "node_type": "CacheNodeType",
                "nodes": "NumCacheNodes",
                "subnet_group": "CacheSubnetGroupName",
                "security_groups": "VpcSecurityGroupIds",
                "port": _port,
                "zone": "PreferredAvailabilityZone",
                "transit_encryption": "TransitEncryptionEnabled",
                "backup_days": "SnapshotRetentionLimit",
                "auto_minor_upgrade": "AutoMinorVersionUpgrade",
                "parameter_group": "CacheParameterGroupName",
                "tags": tags("Tags"),
            },
            ignores=(
                "AZMode",
                "CacheSecurityGroupNames",
                "IpDiscovery",
                "LogDeliveryConfigurations",
                "NetworkType",
                "NotificationTopicArn",
                "PreferredAvailabilityZones",
                "PreferredMaintenanceWindow",
                "SnapshotArns",
                "SnapshotName",
                "SnapshotWindow",
            ),
        ),
        Spelling(
            "api",
            "elasticache:DescribeCacheClusters",
            {
                "name": "CacheClusterId",
                "engine": "Engine",
                "engine_version": "EngineVersion",
                "node_type": "CacheNodeType",
                "nodes": "NumCacheNodes",
                "replication_group": "ReplicationGroupId",
                "subnet_group": "CacheSubnetGroupName",
                "security_groups": pluck("SecurityGroups", "SecurityGroupId"),
                "port": _port,
                "zone": "PreferredAvailabilityZone",
                "encrypted": "AtRestEncryptionEnabled",
                "transit_encryption": "TransitEncryptionEnabled",
                "backup_days": "SnapshotRetentionLimit",
                "auto_minor_upgrade": "AutoMinorVersionUpgrade",
                "parameter_group": "CacheParameterGroup.CacheParameterGroupName",
            },
            items="CacheClusters.*",
            key="CacheClusterId",
            ignores=(
                "ARN",
                "AuthTokenEnabled",
                "AuthTokenLastModifiedDate",
                "CacheClusterCreateTime",
                "CacheClusterStatus",
                "CacheSecurityGroups",
                "ClientDownloadLandingPage",
                "IpDiscovery",
                "LogDeliveryConfigurations",
                "Marker",
                "NetworkType",
                "NotificationConfiguration",
                "PendingModifiedValues",
                "PreferredMaintenanceWindow",
                "PreferredOutpostArn",
                "ReplicationGroupLogDeliveryEnabled",
                "SnapshotWindow",
                "TransitEncryptionMode",
            ),
        ),
        Spelling(
            "api",
            "elasticache:ListTagsForResource",
            {"tags": tags("TagList")},
            part_of="ResourceName",
            asks=("ResourceName",),
        ),
    ),
)
