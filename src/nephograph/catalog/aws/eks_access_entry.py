"""EKS access entry: an IAM principal that may enter a cluster, with its Kubernetes groups."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, items, mapping, reference, text, texts
from nephograph.catalog.readers import each, tags
from nephograph.model.resource import Class


def _policy(block: Cursor) -> dict[str, Tree]:
    return {
        "policy": block.at("PolicyArn"),
        "scope": block.at("AccessScope", "Type"),
        "namespaces": block.at("AccessScope", "Namespaces"),
    }


KIND = Kind(
    native="AWS::EKS::AccessEntry",
    service="eks",
    cls=Class.GENERIC,
    identity=("cluster_name", "principal_arn"),
    id="{cluster_name}:{principal_arn}",
    fields={
        "cluster": reference("aws_eks_cluster"),
        "cluster_name": text(),
        "principal": reference("aws_iam_role", "aws_iam_user"),
        "principal_arn": text(),
        "type": text(default="STANDARD"),
        "username": text(),
        "groups": texts(),
        # CloudFormation says them along with the entry; elsewhere each is an `aws_eks_access_policy_association`.
        "policies": items(policy=text(), scope=text(), namespaces=texts()),
        "tags": mapping(),
    },
    links=(Link("in_cluster", "cluster"), Link("admits", "principal")),
    spellings=(
        Spelling(
            "terraform",
            "aws_eks_access_entry",
            {
                "cluster": "cluster_name",
                "cluster_name": "cluster_name",
                "principal": "principal_arn",
                "principal_arn": "principal_arn",
                "type": "type",
                "username": "user_name",
                "groups": "kubernetes_groups",
                "tags": "tags",
            },
            computed={"cluster_name": "{cluster_name}", "principal_arn": "{principal_arn}", "user_name": "{username}"},
            ignores=("access_entry_arn", "created_at", "modified_at"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EKS::AccessEntry",
            {
                "cluster": "ClusterName",
                "cluster_name": "ClusterName",
                "principal": "PrincipalArn",
                "principal_arn": "PrincipalArn",
                "type": "Type",
                "username": "Username",
                "groups": "KubernetesGroups",
                "policies": each("AccessPolicies", _policy),
                "tags": tags("Tags"),
            },
            computed={"Ref": "{principal_arn}|{cluster_name}"},
        ),
        Spelling(
            "api",
            "eks:DescribeAccessEntry",
            {
                "cluster": "clusterName",
                "cluster_name": "clusterName",
                "principal": "principalArn",
                "principal_arn": "principalArn",
                "type": "type",
                "username": "username",
                "groups": "kubernetesGroups",
                # Said by associations of their own.
                "policies": lambda document: None,
                "tags": "tags",
            },
            items="accessEntry",
            key="accessEntryArn",
            ignores=("createdAt", "modifiedAt"),
        ),
    ),
    references=("https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",),
)
