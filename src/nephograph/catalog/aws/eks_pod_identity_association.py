"""EKS pod identity association: pods of a service account run as an IAM role."""

from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_LISTED: Fields = {
    "id": "associationId",
    "cluster": "clusterName",
    "cluster_name": "clusterName",
    "namespace": "namespace",
    "service_account": "serviceAccount",
}

KIND = Kind(
    native="AWS::EKS::PodIdentityAssociation",
    service="eks",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:eks:{region}:{account}:podidentityassociation/{cluster_name}/{id}",
    id="{id}",
    fields={
        "id": text(),
        "cluster": reference("aws_eks_cluster"),
        "cluster_name": text(),
        "namespace": text(),
        "service_account": text(),
        "role": reference("aws_iam_role"),
        # A role of another account that the first one goes on to.
        "target_role": reference("aws_iam_role"),
        "tags": mapping(),
    },
    links=(Link("in_cluster", "cluster"), Link("runs_as", "role"), Link("runs_as", "target_role")),
    spellings=(
        Spelling(
            "terraform",
            "aws_eks_pod_identity_association",
            {
                "id": "association_id",
                "cluster": "cluster_name",
                "cluster_name": "cluster_name",
                "namespace": "namespace",
                "service_account": "service_account",
                "role": "role_arn",
                "target_role": "target_role_arn",
                "tags": "tags",
            },
            computed={"association_arn": "arn", "association_id": "id"},
            ignores=("disable_session_tags", "external_id", "policy"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EKS::PodIdentityAssociation",
            {
                "cluster": "ClusterName",
                "cluster_name": "ClusterName",
                "namespace": "Namespace",
                "service_account": "ServiceAccount",
                "role": "RoleArn",
                "target_role": "TargetRoleArn",
                "tags": tags("Tags"),
            },
            computed={"AssociationArn": "arn", "AssociationId": "id", "Ref": "arn"},
            ignores=("DisableSessionTags", "Policy"),
        ),
        Spelling(
            "api",
            "eks:ListPodIdentityAssociations",
            _LISTED,
            items="associations.*",
            key="associationId",
            asks=("clusterName",),
            ignores=("associationArn", "ownerArn"),
        ),
        Spelling(
            "api",
            "eks:DescribePodIdentityAssociation",
            {**_LISTED, "role": "roleArn", "target_role": "targetRoleArn", "tags": "tags"},
            items="association",
            key="associationId",
            ignores=(
                "associationArn",
                "createdAt",
                "disableSessionTags",
                "externalId",
                "modifiedAt",
                "ownerArn",
                "policy",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html",),
)
