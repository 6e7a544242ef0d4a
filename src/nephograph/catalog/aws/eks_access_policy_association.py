"""EKS access policy association: what a principal may do in a cluster or in some of its namespaces."""

from nephograph.catalog.language import Kind, Link, Spelling, reference, text, texts
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EKS::AccessPolicyAssociation",
    service="eks",
    cls=Class.GENERIC,
    identity=("cluster_name", "principal_arn", "policy"),
    id="{cluster_name}#{principal_arn}#{policy}",
    fields={
        "cluster": reference("aws_eks_cluster"),
        "cluster_name": text(),
        "principal": reference("aws_iam_role", "aws_iam_user"),
        "principal_arn": text(),
        # The ARN of one of the policies EKS has for this; no IAM policy.
        "policy": text(),
        "scope": text(),
        "namespaces": texts(),
    },
    links=(Link("in_cluster", "cluster"), Link("admits", "principal")),
    spellings=(
        Spelling(
            "terraform",
            "aws_eks_access_policy_association",
            {
                "cluster": "cluster_name",
                "cluster_name": "cluster_name",
                "principal": "principal_arn",
                "principal_arn": "principal_arn",
                "policy": "policy_arn",
                "scope": "access_scope.type",
                "namespaces": "access_scope.namespaces",
            },
            ignores=("associated_at", "modified_at"),
        ),
        Spelling(
            "api",
            "eks:ListAssociatedAccessPolicies",
            {
                "cluster": "clusterName",
                "cluster_name": "clusterName",
                "principal": "principalArn",
                "principal_arn": "principalArn",
                "policy": "policyArn",
                "scope": "accessScope.type",
                "namespaces": "accessScope.namespaces",
            },
            items="associatedAccessPolicies.*",
            asks=("clusterName", "principalArn"),
            ignores=("associatedAt", "modifiedAt"),
        ),
    ),
    unspelled={"cloudformation": "AWS::EKS::AccessEntry says its policies itself"},
    references=("https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html",),
)
