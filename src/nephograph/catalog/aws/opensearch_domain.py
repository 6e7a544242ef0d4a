"""OpenSearch domain, Elasticsearch domains among them: one service with two names and two APIs.

https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html
"""

from nephograph.catalog.aws._rds import password
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Fields,
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    group,
    in_code_only,
    mapping,
    number,
    policy,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import in_code, tags
from nephograph.model.resource import Class


def _logs(document: Cursor) -> Tree:
    """The kinds of logs that are published: blocks of Terraform that are not switched off."""
    blocks = document.at("log_publishing_options")
    if blocks.unknown:
        return blocks
    found: list[Tree] = [
        block if block.unknown else block.at("log_type")
        for block in blocks.each()
        if block.at("enabled").value not in (False, "false")
    ]
    return found or None


def _log_map(document: Cursor) -> Tree:
    """The kinds of logs that are published, by name."""
    said = document.at("LogPublishingOptions")
    if said.unknown:
        return said
    found: list[Tree] = [options.be(name) for name, options in said.entries() if options.at("Enabled").value in _TRUE]
    return found or None


_TRUE = (True, "true")

_CODE: Fields = {
    "name": "domain_name",
    "policy": "access_policies",
    "encryption.enabled": "encrypt_at_rest.enabled",
    "encryption.kms_key": "encrypt_at_rest.kms_key_id",
    "node_to_node_encryption": "node_to_node_encryption.enabled",
    # Where the block stands, the provider requires HTTPS by itself.
    "https_only": Otherwise("domain_endpoint_options.enforce_https", True, when=("domain_endpoint_options",)),
    "tls_policy": "domain_endpoint_options.tls_security_policy",
    "fine_grained_access": "advanced_security_options.enabled",
    "anonymous": "advanced_security_options.anonymous_auth_enabled",
    "internal_users": "advanced_security_options.internal_user_database_enabled",
    "password_in_code": in_code("advanced_security_options.master_user_options.master_user_password"),
    "cognito": "cognito_options.enabled",
    "vpc": "vpc_options.vpc_id",
    "subnets": "vpc_options.subnet_ids",
    "security_groups": "vpc_options.security_group_ids",
    "log_exports": _logs,
    "instance_type": "cluster_config.instance_type",
    "instances": "cluster_config.instance_count",
    "dedicated_masters": "cluster_config.dedicated_master_enabled",
    "zone_awareness": "cluster_config.zone_awareness_enabled",
    "volume_gb": "ebs_options.volume_size",
    "tags": "tags",
}


def _options(cluster: str, version: str) -> Fields:
    """What templates and answers call alike."""
    return {
        "name": "DomainName",
        "engine_version": version,
        "policy": "AccessPolicies",
        "encryption.enabled": "EncryptionAtRestOptions.Enabled",
        "encryption.kms_key": "EncryptionAtRestOptions.KmsKeyId",
        "node_to_node_encryption": "NodeToNodeEncryptionOptions.Enabled",
        "https_only": "DomainEndpointOptions.EnforceHTTPS",
        "tls_policy": "DomainEndpointOptions.TLSSecurityPolicy",
        "fine_grained_access": "AdvancedSecurityOptions.Enabled",
        "anonymous": "AdvancedSecurityOptions.AnonymousAuthEnabled",
        "internal_users": "AdvancedSecurityOptions.InternalUserDatabaseEnabled",
        "cognito": "CognitoOptions.Enabled",
        "subnets": "VPCOptions.SubnetIds",
        "security_groups": "VPCOptions.SecurityGroupIds",
        "log_exports": _log_map,
        "instance_type": f"{cluster}.InstanceType",
        "instances": f"{cluster}.InstanceCount",
        "dedicated_masters": f"{cluster}.DedicatedMasterEnabled",
        "zone_awareness": f"{cluster}.ZoneAwarenessEnabled",
        "volume_gb": "EBSOptions.VolumeSize",
    }


_TEMPLATE: Fields = {
    "password_in_code": password("AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword"),
    "tags": tags("Tags"),
}
_NAMES = {"domain_name": "{name}", "id": "arn"}

KIND = Kind(
    native="AWS::OpenSearchService::Domain",
    service="es",
    cls=Class.DATABASE,
    identity=("name",),
    arn="arn:{partition}:es:{region}:{account}:domain/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "engine_version": text(),
        "policy": policy(),
        "encryption": group(enabled=flag(default=False), kms_key=reference("aws_kms_key")),
        "node_to_node_encryption": flag(default=False),
        "https_only": flag(default=False),
        "tls_policy": text(),
        "fine_grained_access": flag(default=False),
        "anonymous": flag(default=False),
        "internal_users": flag(default=False),
        "password_in_code": in_code_only(),
        "cognito": flag(default=False),
        "vpc": reference("aws_vpc"),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "log_exports": texts(),
        "instance_type": text(),
        "instances": number(default=1),
        "dedicated_masters": flag(default=False),
        "zone_awareness": flag(default=False),
        "volume_gb": number(),
        "tags": mapping(),
    },
    links=(
        Link("encrypted_by", "encryption.kms_key"),
        Link("in_network", "vpc"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_opensearch_domain",
            {**_CODE, "engine_version": "engine_version"},
            computed=_NAMES,
            ignores=(
                "advanced_options",
                "aiml_options",
                "auto_tune_options",
                "dashboard_endpoint",
                "dashboard_endpoint_v2",
                "domain_endpoint_v2_hosted_zone_id",
                "domain_id",
                "endpoint",
                "endpoint_v2",
                "identity_center_options",
                "ip_address_type",
                "kibana_endpoint",
                "off_peak_window_options",
                "snapshot_options",
                "software_update_options",
            ),
        ),
        Spelling(
            "terraform",
            "aws_elasticsearch_domain",
            {**_CODE, "engine_version": "elasticsearch_version"},
            computed=_NAMES,
            ignores=(
                "advanced_options",
                "auto_tune_options",
                "domain_id",
                "endpoint",
                "kibana_endpoint",
                "snapshot_options",
            ),
        ),
        *(
            Spelling("terraform", f"aws_{service}_domain_policy", {"policy": "access_policies"}, part_of="domain_name")
            for service in ("elasticsearch", "opensearch")
        ),
        *(
            Spelling(
                "terraform",
                f"aws_{service}_domain_saml_options",
                {},
                part_of="domain_name",
                ignores=("saml_options",),
            )
            for service in ("elasticsearch", "opensearch")
        ),
        Spelling(
            "cloudformation",
            "AWS::OpenSearchService::Domain",
            {**_options("ClusterConfig", "EngineVersion"), **_TEMPLATE},
            computed={"DomainArn": "arn"},
            ignores=(
                "AIMLOptions",
                "AdvancedOptions",
                "AutomatedSnapshotPauseOptions",
                "DeploymentStrategyOptions",
                "EngineMode",
                "IPAddressType",
                "IdentityCenterOptions",
                "OffPeakWindowOptions",
                "SkipShardMigrationWait",
                "SnapshotOptions",
                "SoftwareUpdateOptions",
                "UseCase",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::Elasticsearch::Domain",
            {**_options("ElasticsearchClusterConfig", "ElasticsearchVersion"), **_TEMPLATE},
            computed={"DomainArn": "arn"},
            ignores=(
                "AdvancedOptions",
                "SnapshotOptions",
            ),
        ),
        *(
            Spelling(
                "api",
                f"opensearch:{operation}",
                {**_options("ClusterConfig", "EngineVersion"), "vpc": "VPCOptions.VPCId"},
                items=items,
                key="DomainName",
                asks=asks,
                ignores=(
                    "AIMLOptions",
                    "ARN",
                    "AdvancedOptions",
                    "AutoTuneOptions",
                    "AutomatedSnapshotPauseOptions",
                    "ChangeProgressDetails",
                    "Created",
                    "Deleted",
                    "DeploymentStrategyOptions",
                    "DomainEndpointV2HostedZoneId",
                    "DomainId",
                    "DomainProcessingStatus",
                    "Endpoint",
                    "EndpointV2",
                    "Endpoints",
                    "EngineMode",
                    "IPAddressType",
                    "IdentityCenterOptions",
                    "ModifyingProperties",
                    "OffPeakWindowOptions",
                    "Processing",
                    "ServiceSoftwareOptions",
                    "SnapshotOptions",
                    "SoftwareUpdateOptions",
                    "UpgradeProcessing",
                    "UseCase",
                ),
            )
            for operation, items, asks in (
                ("DescribeDomain", "DomainStatus", ("DomainName",)),
                ("DescribeDomains", "DomainStatusList.*", ("DomainNames",)),
            )
        ),
        *(
            Spelling(
                "api",
                f"es:{operation}",
                {**_options("ElasticsearchClusterConfig", "ElasticsearchVersion"), "vpc": "VPCOptions.VPCId"},
                items=items,
                key="DomainName",
                asks=asks,
                ignores=(
                    "ARN",
                    "AdvancedOptions",
                    "AutoTuneOptions",
                    "AutomatedSnapshotPauseOptions",
                    "ChangeProgressDetails",
                    "Created",
                    "Deleted",
                    "DeploymentStrategyOptions",
                    "DomainId",
                    "DomainProcessingStatus",
                    "Endpoint",
                    "Endpoints",
                    "EngineMode",
                    "ModifyingProperties",
                    "Processing",
                    "ServiceSoftwareOptions",
                    "SnapshotOptions",
                    "UpgradeProcessing",
                    "UseCase",
                ),
            )
            for operation, items, asks in (
                ("DescribeElasticsearchDomain", "DomainStatus", ("DomainName",)),
                ("DescribeElasticsearchDomains", "DomainStatusList.*", ("DomainNames",)),
            )
        ),
        *(
            Spelling(
                "api",
                f"{service}:ListDomainNames",
                {"name": "DomainName"},
                items="DomainNames.*",
                key="DomainName",
                ignores=("EngineType",),
            )
            for service in ("es", "opensearch")
        ),
        *(
            Spelling("api", f"{service}:ListTags", {"tags": tags("TagList")}, part_of="ARN", asks=("ARN",))
            for service in ("es", "opensearch")
        ),
    ),
)
