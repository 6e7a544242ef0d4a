"""Instances, groups of them, functions and containers."""

from nephograph.library.dependencies.declare import How, need
from nephograph.model.resource import Resource


def _without_subnets(resource: Resource) -> How:
    """The zone of what names a subnet is the subnet's."""
    said = (resource.get("subnet"), resource.get("subnets"))
    return "any" if all(one is None or one == [] for one in said) else ""


NEEDS = (
    need("aws_instance", _without_subnets, "zone:availability_zone", says="it runs in it"),
    need("aws_instance", "every", "has_instance_profile has_role", says="it runs as it"),
    need(
        "aws_instance",
        "every",
        "uses_volume",
        says="its disk is on it",
        reference="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes.html",
    ),
    need("aws_ebs_volume", "every", "zone:availability_zone", says="it lies in it"),
    need("aws_autoscaling_group", _without_subnets, "zone:availability_zones", says="it starts instances in it"),
    need("aws_eks_node_group", "every", "in_cluster", says="its nodes belong to it"),
    need("aws_ecs_service", "every", "runs", says="it runs it"),
    need("aws_lambda_event_source_mapping", "every", "triggers", says="it calls it"),
    need("aws_lambda_event_source_mapping", "every", "reads_from", says="it reads from it"),
    need("aws_config_config_rule", "every", "runs", says="it is decided by it"),
)
