"""ECS capacity provider: the Auto Scaling group whose machines run the tasks of a cluster."""

from nephograph.catalog.aws._ecs import included
from nephograph.catalog.language import Kind, Link, Spelling, mapping, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::ECS::CapacityProvider",
    service="ecs",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:ecs:{region}:{account}:capacity-provider/{name}",
    id="arn:{partition}:ecs:{region}:{account}:capacity-provider/{name}",
    label="name",
    fields={
        "name": text(),
        "autoscaling_group": reference("aws_autoscaling_group"),
        "termination_protection": text(),
        "tags": mapping(),
    },
    links=(Link("runs_on", "autoscaling_group"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_ecs_capacity_provider",
            {
                "name": "name",
                "autoscaling_group": "auto_scaling_group_provider.auto_scaling_group_arn",
                "termination_protection": "auto_scaling_group_provider.managed_termination_protection",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("cluster", "managed_instances_provider"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECS::CapacityProvider",
            {
                "name": "Name",
                "autoscaling_group": "AutoScalingGroupProvider.AutoScalingGroupArn",
                "termination_protection": "AutoScalingGroupProvider.ManagedTerminationProtection",
                "tags": tags("Tags"),
            },
            computed={"Name": "{name}"},
            ignores=("ClusterName", "ManagedInstancesProvider"),
        ),
        Spelling(
            "api",
            "ecs:DescribeCapacityProviders",
            {
                "name": "name",
                "autoscaling_group": "autoScalingGroupProvider.autoScalingGroupArn",
                "termination_protection": "autoScalingGroupProvider.managedTerminationProtection",
                "tags": included("tags", tags("tags")),
            },
            items="capacityProviders.*",
            key="capacityProviderArn",
            ignores=("cluster", "managedInstancesProvider", "status", "type", "updateStatus", "updateStatusReason"),
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html",),
)
