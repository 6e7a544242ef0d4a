"""Auto Scaling group: how many instances of what, and in which subnets."""

from nephograph.catalog.aws._launch import uuid_in_arn
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    mapping,
    number,
    reference,
    references,
    text,
    texts,
)
from nephograph.catalog.readers import element, first_of, says, tags
from nephograph.model.resource import Class

_TEMPLATE = "mixed_instances_policy.launch_template.launch_template_specification"
_MIXED = "MixedInstancesPolicy.LaunchTemplate"


def _first(*names: str) -> Reader:
    return lambda document: first_of(document, *names)


def _types(policy: str, overrides: str, name: str) -> Reader:
    """The instance types that may take the place of the template's own."""

    def read(document: Cursor) -> Tree:
        blocks = document.at(*policy.split("."), overrides)
        said = [b if b.unknown else b.at(name) for b in blocks.each()]
        return [one for one in said if says(one)] or None

    return read


def _subnets(document: Cursor) -> Tree:
    """The API joins them with commas."""
    said = document.at("VPCZoneIdentifier")
    return [said.be(one) for one in said.value.split(",") if one] or None if isinstance(said.value, str) else said


def _instances(document: Cursor) -> Tree:
    return [one.at("InstanceId") for one in document.at("Instances").each()] or None


KIND = Kind(
    native="AWS::AutoScaling::AutoScalingGroup",
    service="autoscaling",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:{uuid}:autoScalingGroupName/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "uuid": text(),
        "launch_template": reference("aws_launch_template"),
        "launch_template_version": text(),
        "launch_configuration": reference("aws_launch_configuration"),
        "instance_types": texts(),
        "min_size": number(),
        "max_size": number(),
        "desired_capacity": number(),
        "subnets": references("aws_subnet"),
        "availability_zones": texts(),
        "target_groups": references("aws_lb_target_group"),
        "classic_load_balancers": texts(),
        "health_check_type": text(default="EC2"),
        "max_instance_lifetime": number(),
        "protect_from_scale_in": flag(default=False),
        "instances": references("aws_instance"),
        "tags": mapping(),
    },
    links=(
        Link("made_from", "launch_template"),
        Link("made_from", "launch_configuration"),
        Link("in_subnet", "subnets"),
        Link("registers_with", "target_groups"),
        Link("contains", "instances"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_autoscaling_group",
            {
                "name": "name",
                "uuid": uuid_in_arn("arn"),
                "launch_template": _first(
                    "launch_template.id",
                    "launch_template.name",
                    f"{_TEMPLATE}.launch_template_id",
                    f"{_TEMPLATE}.launch_template_name",
                ),
                "launch_template_version": _first("launch_template.version", f"{_TEMPLATE}.version"),
                "launch_configuration": "launch_configuration",
                "instance_types": _types("mixed_instances_policy.launch_template", "override", "instance_type"),
                "min_size": "min_size",
                "max_size": "max_size",
                "desired_capacity": "desired_capacity",
                "subnets": "vpc_zone_identifier",
                "availability_zones": "availability_zones",
                "target_groups": "target_group_arns",
                "classic_load_balancers": "load_balancers",
                "health_check_type": "health_check_type",
                "max_instance_lifetime": "max_instance_lifetime",
                "protect_from_scale_in": "protect_from_scale_in",
                # `tags` (until v4) and `tag` are two ways to write one list.
                "tags": lambda document: tags("tag" if says(document.at("tag")) else "tags")(document),
            },
            computed={"name": "{name}"},
            ignores=(
                "availability_zone_distribution",
                "capacity_rebalance",
                "capacity_reservation_specification",
                "context",
                "default_cooldown",
                "default_instance_warmup",
                "desired_capacity_type",
                "enabled_metrics",
                "force_delete",
                "force_delete_warm_pool",
                "health_check_grace_period",
                "ignore_failed_scaling_activities",
                "initial_lifecycle_hook",
                "instance_maintenance_policy",
                "instance_refresh",
                "metrics_granularity",
                "min_elb_capacity",
                "name_prefix",
                "placement_group",
                "predicted_capacity",
                "service_linked_role_arn",
                "suspended_processes",
                "termination_policies",
                "traffic_source",
                "wait_for_capacity_timeout",
                "wait_for_elb_capacity",
                "warm_pool",
                "warm_pool_size",
            ),
        ),
        Spelling(
            "terraform",
            "aws_autoscaling_attachment",
            {
                "target_groups": lambda document: element(
                    "lb_target_group_arn" if says(document.at("lb_target_group_arn")) else "alb_target_group_arn"
                )(document),
                "classic_load_balancers": element("elb"),
            },
            part_of="autoscaling_group_name",
        ),
        Spelling(
            "cloudformation",
            "AWS::AutoScaling::AutoScalingGroup",
            {
                "name": "AutoScalingGroupName",
                "launch_template": _first(
                    "LaunchTemplate.LaunchTemplateId",
                    "LaunchTemplate.LaunchTemplateName",
                    f"{_MIXED}.LaunchTemplateSpecification.LaunchTemplateId",
                    f"{_MIXED}.LaunchTemplateSpecification.LaunchTemplateName",
                ),
                "launch_template_version": _first(
                    "LaunchTemplate.Version", f"{_MIXED}.LaunchTemplateSpecification.Version"
                ),
                "launch_configuration": "LaunchConfigurationName",
                "instance_types": _types(_MIXED, "Overrides", "InstanceType"),
                "min_size": "MinSize",
                "max_size": "MaxSize",
                "desired_capacity": "DesiredCapacity",
                "subnets": "VPCZoneIdentifier",
                "availability_zones": "AvailabilityZones",
                "target_groups": "TargetGroupARNs",
                "classic_load_balancers": "LoadBalancerNames",
                "health_check_type": "HealthCheckType",
                "max_instance_lifetime": "MaxInstanceLifetime",
                "protect_from_scale_in": "NewInstancesProtectedFromScaleIn",
                "tags": tags("Tags"),
            },
            computed={"AutoScalingGroupARN": "arn"},
            ignores=(
                "AvailabilityZoneDistribution",
                "AvailabilityZoneIds",
                "AvailabilityZoneImpairmentPolicy",
                "CapacityRebalance",
                "CapacityReservationSpecification",
                "Context",
                "Cooldown",
                "DefaultInstanceWarmup",
                "DeletionProtection",
                "DesiredCapacityType",
                "HealthCheckGracePeriod",
                "InstanceId",
                "InstanceLifecyclePolicy",
                "InstanceMaintenancePolicy",
                "LifecycleHookSpecificationList",
                "MetricsCollection",
                "NotificationConfiguration",
                "NotificationConfigurations",
                "PlacementGroup",
                "ServiceLinkedRoleARN",
                "SkipZonalShiftValidation",
                "TerminationPolicies",
                "TrafficSources",
            ),
        ),
        Spelling(
            "api",
            "autoscaling:DescribeAutoScalingGroups",
            {
                "name": "AutoScalingGroupName",
                "uuid": uuid_in_arn("AutoScalingGroupARN"),
                "launch_template": Either(
                    ("LaunchTemplate.LaunchTemplateId", f"{_MIXED}.LaunchTemplateSpecification.LaunchTemplateId")
                ),
                "launch_template_version": Either(
                    ("LaunchTemplate.Version", f"{_MIXED}.LaunchTemplateSpecification.Version")
                ),
                "launch_configuration": "LaunchConfigurationName",
                "instance_types": _types(_MIXED, "Overrides", "InstanceType"),
                "min_size": "MinSize",
                "max_size": "MaxSize",
                "desired_capacity": "DesiredCapacity",
                "subnets": _subnets,
                "availability_zones": "AvailabilityZones",
                "target_groups": "TargetGroupARNs",
                "classic_load_balancers": "LoadBalancerNames",
                "health_check_type": "HealthCheckType",
                "max_instance_lifetime": "MaxInstanceLifetime",
                "protect_from_scale_in": "NewInstancesProtectedFromScaleIn",
                "instances": _instances,
                "tags": tags("Tags"),
            },
            items="AutoScalingGroups.*",
            key="AutoScalingGroupName",
            ignores=(
                "AvailabilityZoneDistribution",
                "AvailabilityZoneIds",
                "AvailabilityZoneImpairmentPolicy",
                "CapacityRebalance",
                "CapacityReservationSpecification",
                "Context",
                "CreatedTime",
                "DefaultCooldown",
                "DefaultInstanceWarmup",
                "DeletionProtection",
                "DesiredCapacityType",
                "EnabledMetrics",
                "HealthCheckGracePeriod",
                "InstanceLifecyclePolicy",
                "InstanceMaintenancePolicy",
                "Operator",
                "PlacementGroup",
                "PredictedCapacity",
                "ServiceLinkedRoleARN",
                "Status",
                "SuspendedProcesses",
                "TerminationPolicies",
                "TrafficSources",
                "WarmPoolConfiguration",
                "WarmPoolSize",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html",),
)
