"""EKS cluster: who reaches its endpoint, how people enter it, what of it is recorded and encrypted."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    mapping,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_EVERYWHERE = ["0.0.0.0/0"]
_AT_CREATION = Unknown(Reason.NOT_SEEN, "what was said when the cluster was made")


def _template_logs(document: Cursor) -> Tree:
    blocks = document.at("Logging", "ClusterLogging", "EnabledTypes")
    return blocks if blocks.unknown else [b if b.unknown else b.at("Type") for b in blocks.each()] or None


def _live_logs(document: Cursor) -> Tree:
    """One block lists the types that are recorded, another those that are not."""
    blocks = document.at("logging", "clusterLogging")
    return [one for b in blocks.each() if b.at("enabled").value is True for one in b.at("types").each()] or None


KIND = Kind(
    native="AWS::EKS::Cluster",
    service="eks",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:eks:{region}:{account}:cluster/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "version": text(),
        "role": reference("aws_iam_role"),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        # The group EKS makes for the cluster.
        "cluster_security_group": reference("aws_security_group"),
        "endpoint_public": flag(default=True),
        "endpoint_private": flag(default=False),
        # Who reaches the public endpoint; where nothing is said everybody does.
        "public_cidrs": texts(),
        "authentication_mode": text(default="CONFIG_MAP", since="clusters that are not made in the console"),
        "creator_is_admin": flag(default=True),
        "log_types": texts(),
        "secrets_key": reference("aws_kms_key"),
        "issuer": text(),
        "auto_mode": flag(default=False),
        "support": text(default="EXTENDED"),
        "deletion_protection": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("runs_as", "role"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("has_security_group", "cluster_security_group"),
        Link("encrypted_by", "secrets_key"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_eks_cluster",
            {
                "name": "name",
                "version": "version",
                "role": "role_arn",
                "subnets": "vpc_config.subnet_ids",
                "security_groups": "vpc_config.security_group_ids",
                "cluster_security_group": "vpc_config.cluster_security_group_id",
                "endpoint_public": "vpc_config.endpoint_public_access",
                "endpoint_private": "vpc_config.endpoint_private_access",
                "public_cidrs": Otherwise("vpc_config.public_access_cidrs", _EVERYWHERE),
                "authentication_mode": "access_config.authentication_mode",
                "creator_is_admin": "access_config.bootstrap_cluster_creator_admin_permissions",
                "log_types": "enabled_cluster_log_types",
                "secrets_key": "encryption_config.provider.key_arn",
                "issuer": "identity.oidc.issuer",
                "auto_mode": "compute_config.enabled",
                "support": "upgrade_policy.support_type",
                "deletion_protection": "deletion_protection",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "bootstrap_self_managed_addons",
                "certificate_authority",
                "cluster_id",
                "control_plane_scaling_config",
                "created_at",
                "endpoint",
                "force_update_version",
                "kubernetes_network_config",
                "outpost_config",
                "platform_version",
                "remote_network_config",
                "status",
                "storage_config",
                "zonal_shift_config",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::EKS::Cluster",
            {
                "name": "Name",
                "version": "Version",
                "role": "RoleArn",
                "subnets": "ResourcesVpcConfig.SubnetIds",
                "security_groups": "ResourcesVpcConfig.SecurityGroupIds",
                "endpoint_public": "ResourcesVpcConfig.EndpointPublicAccess",
                "endpoint_private": "ResourcesVpcConfig.EndpointPrivateAccess",
                "public_cidrs": Otherwise("ResourcesVpcConfig.PublicAccessCidrs", _EVERYWHERE),
                "authentication_mode": "AccessConfig.AuthenticationMode",
                "creator_is_admin": "AccessConfig.BootstrapClusterCreatorAdminPermissions",
                "log_types": _template_logs,
                "secrets_key": "EncryptionConfig.Provider.KeyArn",
                "auto_mode": "ComputeConfig.Enabled",
                "support": "UpgradePolicy.SupportType",
                "deletion_protection": "DeletionProtection",
                "tags": tags("Tags"),
            },
            computed={
                "ClusterSecurityGroupId": "{cluster_security_group}",
                "EncryptionConfigKeyArn": "{secrets_key}",
                "OpenIdConnectIssuerUrl": "{issuer}",
            },
            ignores=(
                "ActiveCertificateAuthorityId",
                "BootstrapSelfManagedAddons",
                "CertificateAuthority",
                "ControlPlaneScalingConfig",
                "Force",
                "KubeApiServerConfig",
                "KubeControllerManagerConfig",
                "KubeSchedulerConfig",
                "KubernetesNetworkConfig",
                "OutpostConfig",
                "RemoteNetworkConfig",
                "RollbackConfig",
                "StorageConfig",
                "ZonalShiftConfig",
            ),
        ),
        Spelling(
            "api",
            "eks:DescribeCluster",
            {
                "name": "name",
                "version": "version",
                "role": "roleArn",
                "subnets": "resourcesVpcConfig.subnetIds",
                "security_groups": "resourcesVpcConfig.securityGroupIds",
                "cluster_security_group": "resourcesVpcConfig.clusterSecurityGroupId",
                "endpoint_public": "resourcesVpcConfig.endpointPublicAccess",
                "endpoint_private": "resourcesVpcConfig.endpointPrivateAccess",
                "public_cidrs": "resourcesVpcConfig.publicAccessCidrs",
                "authentication_mode": "accessConfig.authenticationMode",
                "creator_is_admin": Otherwise("accessConfig.bootstrapClusterCreatorAdminPermissions", _AT_CREATION),
                "log_types": _live_logs,
                "secrets_key": "encryptionConfig.provider.keyArn",
                "issuer": "identity.oidc.issuer",
                "auto_mode": "computeConfig.enabled",
                "support": "upgradePolicy.supportType",
                "deletion_protection": "deletionProtection",
                "tags": "tags",
            },
            items="cluster",
            key="name",
            ignores=(
                "certificateAuthority",
                "clientRequestToken",
                "connectorConfig",
                "controlPlaneScalingConfig",
                "createdAt",
                "endpoint",
                "health",
                "kubeApiServerConfig",
                "kubeControllerManagerConfig",
                "kubeSchedulerConfig",
                "kubernetesNetworkConfig",
                "outpostConfig",
                "platformVersion",
                "remoteNetworkConfig",
                "status",
                "storageConfig",
                "zonalShiftConfig",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html",
    ),
)
