"""ECS service: how many tasks of what, in which cluster, subnets and groups."""

from nephograph.catalog.aws._ecs import included
from nephograph.catalog.aws._launch import name_in_arn
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Reader,
    Spelling,
    flag,
    items,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import each, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Ref, Unknown

_ITS_NAME = {"arn": "name", "id": "name", "Arn": "Ref"}
"""What a reference asks for when it means the cluster, and where the cluster's name stands instead."""


def _cluster(name: str) -> Reader:
    """The cluster by its name, whether it is called by its name or its ARN."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        if isinstance(said.value, Unknown) and (ref := said.value.ref) and not said.value.parts:
            path = tuple(_ITS_NAME.get(str(step), step) for step in ref.path)
            return said.be(Unknown(said.value.reason, said.value.detail, Ref(ref.address, path)))
        return name_in_arn(said) if says(said) else None

    return read


def _providers(blocks: str, name: str) -> Reader:
    """The capacity providers of a strategy that are machines of one's own: Fargate is none."""

    def read(document: Cursor) -> Tree:
        strategy = document.at(blocks)
        if strategy.unknown:
            return strategy
        named = [block.at(name) for block in strategy.each()]
        return [one for one in named if says(one) and not str(one.value).startswith("FARGATE")] or None

    return read


KIND = Kind(
    native="AWS::ECS::Service",
    service="ecs",
    cls=Class.CONTAINER,
    identity=("cluster_name", "name"),
    arn="arn:{partition}:ecs:{region}:{account}:service/{cluster_name}/{name}",
    id="arn:{partition}:ecs:{region}:{account}:service/{cluster_name}/{name}",
    label="name",
    fields={
        "name": text(),
        "cluster": reference("aws_ecs_cluster"),
        "cluster_name": text(default="default"),
        "task_definition": reference("aws_ecs_task_definition"),
        "desired_count": number(),
        "launch_type": text(),
        # Whose machines its tasks run on, where it says so itself and not its cluster.
        "capacity_providers": references("aws_ecs_capacity_provider"),
        "platform_version": text(),
        "subnets": references("aws_subnet"),
        "security_groups": references("aws_security_group"),
        "public_ip": flag(default=False),
        "load_balancers": items(target_group=reference("aws_lb_target_group"), container=text(), port=number()),
        # Whether people may run commands in its containers.
        "exec": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("in_cluster", "cluster"),
        Link("runs", "task_definition"),
        Link("runs_on", "capacity_providers"),
        Link("in_subnet", "subnets"),
        Link("has_security_group", "security_groups"),
        Link("registers_with", "load_balancers.*.target_group"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_ecs_service",
            {
                "name": "name",
                "cluster": _cluster("cluster"),
                "cluster_name": _cluster("cluster"),
                "task_definition": "task_definition",
                "desired_count": "desired_count",
                "launch_type": "launch_type",
                "capacity_providers": _providers("capacity_provider_strategy", "capacity_provider"),
                "platform_version": "platform_version",
                "subnets": "network_configuration.subnets",
                "security_groups": "network_configuration.security_groups",
                "public_ip": "network_configuration.assign_public_ip",
                "load_balancers": each(
                    "load_balancer",
                    lambda b: {
                        "target_group": b.at("target_group_arn"),
                        "container": b.at("container_name"),
                        "port": b.at("container_port"),
                    },
                ),
                "exec": "enable_execute_command",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=(
                "alarms",
                "availability_zone_rebalancing",
                "deployment_circuit_breaker",
                "deployment_configuration",
                "deployment_controller",
                "deployment_maximum_percent",
                "deployment_minimum_healthy_percent",
                "enable_ecs_managed_tags",
                "force_delete",
                "force_new_deployment",
                "health_check_grace_period_seconds",
                "iam_role",
                "ordered_placement_strategy",
                "placement_constraints",
                "propagate_tags",
                "scheduling_strategy",
                "service_connect_configuration",
                "service_registries",
                "sigint_rollback",
                "triggers",
                "volume_configuration",
                "vpc_lattice_configurations",
                "wait_for_steady_state",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECS::Service",
            {
                "name": "ServiceName",
                "cluster": _cluster("Cluster"),
                "cluster_name": _cluster("Cluster"),
                "task_definition": "TaskDefinition",
                "desired_count": "DesiredCount",
                "launch_type": "LaunchType",
                "capacity_providers": _providers("CapacityProviderStrategy", "CapacityProvider"),
                "platform_version": "PlatformVersion",
                "subnets": "NetworkConfiguration.AwsvpcConfiguration.Subnets",
                "security_groups": "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
                "public_ip": "NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp",
                "load_balancers": each(
                    "LoadBalancers",
                    lambda b: {
                        "target_group": b.at("TargetGroupArn"),
                        "container": b.at("ContainerName"),
                        "port": b.at("ContainerPort"),
                    },
                ),
                "exec": "EnableExecuteCommand",
                "tags": tags("Tags"),
            },
            computed={"Name": "{name}", "ServiceArn": "arn"},
            ignores=(
                "AvailabilityZoneRebalancing",
                "DeploymentConfiguration",
                "DeploymentController",
                "EnableECSManagedTags",
                "ForceNewDeployment",
                "GatewayConnectors",
                "HealthCheckGracePeriodSeconds",
                "Monitoring",
                "PlacementConstraints",
                "PlacementStrategies",
                "PropagateTags",
                "Role",
                "SchedulingStrategy",
                "ServiceConnectConfiguration",
                "ServiceRegistries",
                "VolumeConfigurations",
                "VpcLatticeConfigurations",
            ),
        ),
        Spelling(
            "api",
            "ecs:DescribeServices",
            {
                "name": "serviceName",
                "cluster": _cluster("clusterArn"),
                "cluster_name": _cluster("clusterArn"),
                "task_definition": "taskDefinition",
                "desired_count": "desiredCount",
                "launch_type": "launchType",
                "capacity_providers": _providers("capacityProviderStrategy", "capacityProvider"),
                "platform_version": "platformVersion",
                "subnets": "networkConfiguration.awsvpcConfiguration.subnets",
                "security_groups": "networkConfiguration.awsvpcConfiguration.securityGroups",
                "public_ip": "networkConfiguration.awsvpcConfiguration.assignPublicIp",
                "load_balancers": each(
                    "loadBalancers",
                    lambda b: {
                        "target_group": b.at("targetGroupArn"),
                        "container": b.at("containerName"),
                        "port": b.at("containerPort"),
                    },
                ),
                "exec": "enableExecuteCommand",
                "tags": included("tags", tags("tags")),
            },
            items="services.*",
            key="serviceArn",
            asks=("cluster",),
            ignores=(
                "availabilityZoneRebalancing",
                "createdAt",
                "createdBy",
                "currentServiceDeployment",
                "currentServiceRevisions",
                "deploymentConfiguration",
                "deploymentController",
                "deployments",
                "enableECSManagedTags",
                "events",
                "healthCheckGracePeriodSeconds",
                "pendingCount",
                "placementConstraints",
                "placementStrategy",
                "platformFamily",
                "propagateTags",
                "resourceManagementType",
                "roleArn",
                "runningCount",
                "schedulingStrategy",
                "serviceRegistries",
                "status",
                "taskSets",
            ),
        ),
        Spelling(
            "api", "ecs:ListTagsForResource", {"tags": tags("tags")}, part_of="resourceArn", asks=("resourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html",),
)
