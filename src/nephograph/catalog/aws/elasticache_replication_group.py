"""ElastiCache replication group of Redis or Valkey: the nodes of one cache, and how they are encrypted.

https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/encryption.html
"""

from nephograph.catalog.aws._rds import password
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Kind,
    Link,
    Otherwise,
    Reader,
    Spelling,
    flag,
    in_code_only,
    mapping,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import in_code, pluck, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _at_rest(name: str, engine: str) -> Reader:
    """Encryption at rest where nothing is said: on for Valkey, off for Redis."""

    def read(document: Cursor) -> Tree:
        said, kind = document.at(name), document.at(engine)
        if says(said):
            return said
        return kind if kind.unknown else kind.be(kind.value == "valkey")

    return read


def _on(name: str) -> Reader:
    """A setting with more than two states: on the way there counts as there."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        return said.be(said.value in ("enabled", "enabling")) if isinstance(said.value, str) else said

    return read


def _token(name: str) -> Reader:
    """Is there a token? Its value is nobody's business, and a source does not hand it on."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        kept = isinstance(said.value, Unknown) and said.value.reason is not Reason.SENSITIVE
        return said if kept else said.be(True) if says(said) else None

    return read


def _port(document: Cursor) -> Tree:
    whole, node = document.at("ConfigurationEndpoint", "Port"), document.at("NodeGroups", "PrimaryEndpoint", "Port")
    return whole if says(whole) else node


KIND = Kind(
    native="AWS::ElastiCache::ReplicationGroup",
    service="elasticache",
    cls=Class.DATABASE,
    identity=("name",),
    arn="arn:{partition}:elasticache:{region}:{account}:replicationgroup:{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "engine": text(default="redis"),
        "engine_version": text(),
        "node_type": text(),
        "nodes": number(),
        "shards": number(),
        "replicas_per_shard": number(),
        "members": references("aws_elasticache_cluster"),
        "subnet_group": reference("aws_elasticache_subnet_group"),
        "security_groups": references("aws_security_group"),
        "port": number(),
        "encrypted": flag(default=False),
        "kms_key": reference("aws_kms_key"),
        "transit_encryption": flag(default=False),
        "transit_mode": text(),
        # A token that clients have to know; user groups are the other way to know who asks.
        "token": flag(default=False),
        "token_in_code": in_code_only(),
        "user_groups": texts(),
        "multi_az": flag(default=False),
        "automatic_failover": flag(default=False),
        "backup_days": number(default=0),
        "auto_minor_upgrade": flag(default=True),
        "log_exports": texts(),
        "parameter_group": text(),
        "global_group": text(),
        "tags": mapping(),
    },
    links=(
        Link("has_member", "members"),
        Link("in_subnet_group", "subnet_group"),
        Link("has_security_group", "security_groups"),
        Link("encrypted_by", "kms_key"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_elasticache_replication_group",
            {
                "name": "replication_group_id",
                "engine": "engine",
                "engine_version": "engine_version",
                "node_type": "node_type",
                "nodes": Either(("num_cache_clusters", "number_cache_clusters")),
                "shards": Either(("num_node_groups", "cluster_mode.num_node_groups")),
                "replicas_per_shard": Either(("replicas_per_node_group", "cluster_mode.replicas_per_node_group")),
                "members": "member_clusters",
                "subnet_group": "subnet_group_name",
                "security_groups": "security_group_ids",
                "port": Otherwise("port", 6379),
                "encrypted": _at_rest("at_rest_encryption_enabled", "engine"),
                "kms_key": "kms_key_id",
                "transit_encryption": "transit_encryption_enabled",
                "transit_mode": "transit_encryption_mode",
                "token": _token("auth_token"),
                "token_in_code": in_code("auth_token"),
                "user_groups": "user_group_ids",
                "multi_az": "multi_az_enabled",
                "automatic_failover": "automatic_failover_enabled",
                "backup_days": "snapshot_retention_limit",
                "auto_minor_upgrade": "auto_minor_version_upgrade",
                "log_exports": pluck("log_delivery_configuration", "log_type"),
                "parameter_group": "parameter_group_name",
                "global_group": "global_replication_group_id",
                "tags": "tags",
            },
            computed={"replication_group_id": "{name}"},
            ignores=(
                "apply_immediately",
                "auth_token_update_strategy",
                "availability_zones",
                "cluster_enabled",
                "configuration_endpoint_address",
                "data_tiering_enabled",
                "description",
                "engine_version_actual",
                "final_snapshot_identifier",
                "ip_discovery",
                "maintenance_window",
                "network_type",
                "node_group_configuration",
                "notification_topic_arn",
                "preferred_cache_cluster_azs",
                "primary_endpoint_address",
                "reader_endpoint_address",
                "replication_group_description",
                "security_group_names",
                "snapshot_arns",
                "snapshot_name",
                "snapshot_window",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ElastiCache::ReplicationGroup",
            {
                "name": "ReplicationGroupId",
                "engine": "Engine",
                "engine_version": "EngineVersion",
                "node_type": "CacheNodeType",
                "nodes": "NumCacheClusters",
                "shards": "NumNodeGroups",
                "replicas_per_shard": "ReplicasPerNodeGroup",
                "subnet_group": "CacheSubnetGroupName",
                "security_groups": "SecurityGroupIds",
                "port": Otherwise("Port", 6379),
                "encrypted": _at_rest("AtRestEncryptionEnabled", "Engine"),
                "kms_key": "KmsKeyId",
                "transit_encryption": "TransitEncryptionEnabled",
                "transit_mode": "TransitEncryptionMode",
                "token": _token("AuthToken"),
                "token_in_code": password("AuthToken"),
                "user_groups": "UserGroupIds",
                "multi_az": "MultiAZEnabled",
                "automatic_failover": "AutomaticFailoverEnabled",
                "backup_days": "SnapshotRetentionLimit",
                "auto_minor_upgrade": "AutoMinorVersionUpgrade",
                "log_exports": pluck("LogDeliveryConfigurations", "LogType"),
                "parameter_group": "CacheParameterGroupName",
                "global_group": "GlobalReplicationGroupId",
                "tags": tags("Tags"),
            },
            ignores=(
                "CacheSecurityGroupNames",
                "ClusterMode",
                "DataTieringEnabled",
                "Durability",
                "IpDiscovery",
                "NetworkType",
                "NodeGroupConfiguration",
                "NotificationTopicArn",
                "PreferredCacheClusterAZs",
                "PreferredMaintenanceWindow",
                "PrimaryClusterId",
                "ReplicationGroupDescription",
                "SnapshotArns",
                "SnapshotName",
                "SnapshotWindow",
                "SnapshottingClusterId",
            ),
        ),
        Spelling(
            "api",
            "elasticache:DescribeReplicationGroups",
            {
                "name": "ReplicationGroupId",
                "engine": "Engine",
                "node_type": "CacheNodeType",
                "members": "MemberClusters",
                "port": _port,
                "encrypted": "AtRestEncryptionEnabled",
                "kms_key": "KmsKeyId",
                "transit_encryption": "TransitEncryptionEnabled",
                "transit_mode": "TransitEncryptionMode",
                "token": "AuthTokenEnabled",
                "user_groups": "UserGroupIds",
                "multi_az": _on("MultiAZ"),
                "automatic_failover": _on("AutomaticFailover"),
                "backup_days": "SnapshotRetentionLimit",
                "auto_minor_upgrade": "AutoMinorVersionUpgrade",
                "log_exports": pluck("LogDeliveryConfigurations", "LogType"),
                "global_group": "GlobalReplicationGroupInfo.GlobalReplicationGroupId",
            },
            items="ReplicationGroups.*",
            key="ReplicationGroupId",
            ignores=(
                "ARN",
                "AuthTokenLastModifiedDate",
                "ClusterEnabled",
                "ClusterMode",
                "DataTiering",
                "Description",
                "Durability",
                "EffectiveDurability",
                "IpDiscovery",
                "Marker",
                "MemberClustersOutpostArns",
                "NetworkType",
                "PendingModifiedValues",
                "ReplicationGroupCreateTime",
                "SnapshotWindow",
                "SnapshottingClusterId",
                "Status",
                "StorageEncryptionType",
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
    references=("https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",),
)
