"""MSK cluster: brokers of Kafka, who may reach them, and how they are encrypted. It is always encrypted at rest.

https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Spelling,
    flag,
    group,
    mapping,
    number,
    policy,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import behind, says
from nephograph.model.resource import Class


def _code_logs(document: Cursor) -> Tree:
    return _logs(document.at("logging_info", "broker_logs"), "enabled")


def _logs(targets: Cursor, enabled: str) -> Tree:
    """Where the brokers write their logs: the names of the targets that are switched on."""
    if targets.unknown:
        return targets
    inner = (
        Cursor(targets.value[0], (*targets.path, 0)) if isinstance(targets.value, list) and targets.value else targets
    )
    found: list[Tree] = []
    for name, target in inner.entries():
        on = target.at(enabled)
        if on.unknown or on.value in (True, "true"):
            found.append(on if on.unknown else on.be(_LOGS.get(name, name)))
    return found or None


_LOGS = {"cloudwatch_logs": "cloudwatch", "firehose": "firehose", "s3": "s3", "CloudWatchLogs": "cloudwatch"}
_LOGS |= {"Firehose": "firehose", "S3": "s3"}


def _answered(inner: str) -> Fields:
    """What an answer says of a cluster; the second version of the API has it one level deeper."""

    def logs(document: Cursor) -> Tree:
        return _logs(document.at(*f"{inner}LoggingInfo.BrokerLogs".split(".")), "Enabled")

    return {
        "name": "ClusterName",
        "uuid": behind("/", "ClusterArn"),
        "kafka_version": f"{inner}CurrentBrokerSoftwareInfo.KafkaVersion",
        **_brokers(inner, "EbsStorageInfo"),
        "log_targets": logs,
        "tags": "Tags",
    }


def _brokers(inner: str, storage: str) -> Fields:
    """What templates and answers call alike."""
    nodes, auth, encryption = f"{inner}BrokerNodeGroupInfo", f"{inner}ClientAuthentication", f"{inner}EncryptionInfo"
    return {
        "brokers": f"{inner}NumberOfBrokerNodes",
        "instance_type": f"{nodes}.InstanceType",
        "volume_gb": f"{nodes}.StorageInfo.{storage}.VolumeSize",
        "subnets": f"{nodes}.ClientSubnets",
        "security_groups": f"{nodes}.SecurityGroups",
        "public_access": f"{nodes}.ConnectivityInfo.PublicAccess.Type",
        "kms_key": f"{encryption}.EncryptionAtRest.DataVolumeKMSKeyId",
        "client_encryption": f"{encryption}.EncryptionInTransit.ClientBroker",
        "cluster_encryption": f"{encryption}.EncryptionInTransit.InCluster",
        "authentication.none": f"{auth}.Unauthenticated.Enabled",
        "authentication.iam": f"{auth}.Sasl.Iam.Enabled",
        "authentication.scram": f"{auth}.Sasl.Scram.Enabled",
        "authentication.tls": f"{auth}.Tls.Enabled",
        "monitoring": f"{inner}EnhancedMonitoring",
    }


def _template_logs(document: Cursor) -> Tree:
    return _logs(document.at("LoggingInfo", "BrokerLogs"), "Enabled")


def _tls(document: Cursor) -> Tree:
    """Certificates of clients are asked for where authorities are named."""
    said = document.at("client_authentication", "tls", "certificate_authority_arns")
    return said if said.unknown else said.be(True) if says(said) else None


_NODES = "broker_node_group_info"
_AUTH = "client_authentication"
_ENCRYPTION = "encryption_info"


KIND = Kind(
    native="AWS::MSK::Cluster",
    service="kafka",
    cls=Class.QUEUE,
    identity=("name",),
    arn="arn:{partition}:kafka:{region}:{account}:cluster/{name}/{uuid}",
    id="arn:{partition}:kafka:{region}:{account}:cluster/{name}/{uuid}",
    label="name",
    fields={
        "name": text(),
        # The last part of its ARN, which AWS makes.
        "uuid": text(),
        "kafka_version": text(),
        "brokers": number(),
        "instance_type": text(),
        "volume_gb": number(),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "public_access": text(default="DISABLED"),
        "kms_key": reference("aws_kms_key"),
        "client_encryption": text(default="TLS"),
        "cluster_encryption": flag(default=True),
        "authentication": group(
            none=flag(default=False), iam=flag(default=False), scram=flag(default=False), tls=flag(default=False)
        ),
        "log_targets": texts(),
        "monitoring": text(default="DEFAULT"),
        "policy": policy(),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("encrypted_by", "kms_key"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_msk_cluster",
            {
                "name": "cluster_name",
                "uuid": "cluster_uuid",
                "kafka_version": "kafka_version",
                "brokers": "number_of_broker_nodes",
                "instance_type": f"{_NODES}.instance_type",
                "volume_gb": f"{_NODES}.storage_info.ebs_storage_info.volume_size",
                "subnets": f"{_NODES}.client_subnets",
                "security_groups": f"{_NODES}.security_groups",
                "public_access": f"{_NODES}.connectivity_info.public_access.type",
                "kms_key": f"{_ENCRYPTION}.encryption_at_rest_kms_key_arn",
                "client_encryption": f"{_ENCRYPTION}.encryption_in_transit.client_broker",
                "cluster_encryption": f"{_ENCRYPTION}.encryption_in_transit.in_cluster",
                "authentication.none": f"{_AUTH}.unauthenticated",
                "authentication.iam": f"{_AUTH}.sasl.iam",
                "authentication.scram": f"{_AUTH}.sasl.scram",
                "authentication.tls": _tls,
                "log_targets": _code_logs,
                "monitoring": "enhanced_monitoring",
                "tags": "tags",
            },
            computed={"cluster_name": "{name}", "cluster_uuid": "{uuid}"},
            ignores=(
                "bootstrap_brokers",
                "bootstrap_brokers_public_sasl_iam",
                "bootstrap_brokers_public_sasl_scram",
                "bootstrap_brokers_public_tls",
                "bootstrap_brokers_sasl_iam",
                "bootstrap_brokers_sasl_scram",
                "bootstrap_brokers_tls",
                "bootstrap_brokers_vpc_connectivity_sasl_iam",
                "bootstrap_brokers_vpc_connectivity_sasl_scram",
                "bootstrap_brokers_vpc_connectivity_tls",
                "configuration_info",
                "current_version",
                "open_monitoring",
                "rebalancing",
                "storage_mode",
                "zookeeper_connect_string",
                "zookeeper_connect_string_tls",
            ),
        ),
        Spelling(
            "terraform",
            "aws_msk_cluster_policy",
            {"policy": "policy"},
            part_of="cluster_arn",
            ignores=("current_version",),
        ),
        Spelling(
            "cloudformation",
            "AWS::MSK::Cluster",
            {
                "name": "ClusterName",
                "kafka_version": "KafkaVersion",
                **_brokers("", "EBSStorageInfo"),
                "log_targets": _template_logs,
                "tags": "Tags",
            },
            ignores=(
                "ConfigurationInfo",
                "OpenMonitoring",
                "Rebalancing",
                "StorageMode",
                "ZookeeperAccess",
            ),
        ),
        Spelling("cloudformation", "AWS::MSK::ClusterPolicy", {"policy": "Policy"}, part_of="ClusterArn"),
        *(
            Spelling(
                "api",
                f"kafka:{operation}",
                _answered(""),
                items=items,
                key="ClusterArn",
                ignores=(
                    "ActiveOperationArn",
                    "CreationTime",
                    "CurrentVersion",
                    "CustomerActionStatus",
                    "OpenMonitoring",
                    "Rebalancing",
                    "State",
                    "StateInfo",
                    "StorageMode",
                    "ZookeeperConnectString",
                    "ZookeeperConnectStringTls",
                ),
            )
            for operation, items in (("ListClusters", "ClusterInfoList.*"), ("DescribeCluster", "ClusterInfo"))
        ),
        *(
            Spelling(
                "api",
                f"kafka:{operation}",
                _answered("Provisioned."),
                items=items,
                key="ClusterArn",
                ignores=(
                    "ActiveOperationArn",
                    "ClusterType",
                    "CreationTime",
                    "CurrentVersion",
                    "Serverless",
                    "State",
                    "StateInfo",
                ),
            )
            for operation, items in (("ListClustersV2", "ClusterInfoList.*"), ("DescribeClusterV2", "ClusterInfo"))
        ),
        Spelling(
            "api",
            "kafka:GetClusterPolicy",
            {"policy": "Policy"},
            part_of="ClusterArn",
            asks=("ClusterArn",),
            ignores=("CurrentVersion",),
        ),
        Spelling("api", "kafka:ListTagsForResource", {"tags": "Tags"}, part_of="ResourceArn", asks=("ResourceArn",)),
    ),
)
