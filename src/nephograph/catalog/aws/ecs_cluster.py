"""ECS cluster. The API says tags, settings and configuration only to those who ask for them."""

from nephograph.catalog.aws._ecs import included
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Reader, Spelling, group, mapping, reference, text, texts
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class


def _insights(name: str) -> Reader:
    """`containerInsights` among the settings."""

    def read(document: Cursor) -> Tree:
        for block in document.at(name).each():
            if block.first("name", "Name").value == "containerInsights":
                return block.first("value", "Value")
        return None

    return read


def _configured(path: str) -> Reader:
    return included("configuration", lambda document: document.at("configuration", *path.split(".")))


KIND = Kind(
    native="AWS::ECS::Cluster",
    service="ecs",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:ecs:{region}:{account}:cluster/{name}",
    id="arn:{partition}:ecs:{region}:{account}:cluster/{name}",
    label="name",
    fields={
        "name": text(),
        "container_insights": text(default="disabled", since="unless the account turns it on"),
        # How commands are run in containers, and where what they do is recorded.
        "exec": group(
            logging=text(default="DEFAULT"),
            kms_key=reference("aws_kms_key"),
            log_group=reference("aws_cloudwatch_log_group"),
        ),
        "storage_key": reference("aws_kms_key"),
        "capacity_providers": texts(),
        "tags": mapping(),
    },
    links=(
        Link("encrypted_by", "exec.kms_key"),
        Link("encrypted_by", "storage_key"),
        Link("logs_to", "exec.log_group"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_ecs_cluster",
            {
                "name": "name",
                "container_insights": _insights("setting"),
                "exec.logging": "configuration.execute_command_configuration.logging",
                "exec.kms_key": "configuration.execute_command_configuration.kms_key_id",
                "exec.log_group": (
                    "configuration.execute_command_configuration.log_configuration.cloud_watch_log_group_name"
                ),
                "storage_key": "configuration.managed_storage_configuration.kms_key_id",
                "capacity_providers": "capacity_providers",
                "tags": "tags",
            },
            computed={"name": "{name}"},
            ignores=("default_capacity_provider_strategy", "service_connect_defaults"),
        ),
        Spelling(
            "terraform",
            "aws_ecs_cluster_capacity_providers",
            {"capacity_providers": "capacity_providers"},
            part_of="cluster_name",
            ignores=("default_capacity_provider_strategy",),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECS::Cluster",
            {
                "name": "ClusterName",
                "container_insights": _insights("ClusterSettings"),
                "exec.logging": "Configuration.ExecuteCommandConfiguration.Logging",
                "exec.kms_key": "Configuration.ExecuteCommandConfiguration.KmsKeyId",
                "exec.log_group": ("Configuration.ExecuteCommandConfiguration.LogConfiguration.CloudWatchLogGroupName"),
                "storage_key": "Configuration.ManagedStorageConfiguration.KmsKeyId",
                "capacity_providers": "CapacityProviders",
                "tags": tags("Tags"),
            },
            computed={"Ref": "{name}"},
            ignores=("DefaultCapacityProviderStrategy", "ServiceConnectDefaults"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECS::ClusterCapacityProviderAssociations",
            {"capacity_providers": "CapacityProviders"},
            part_of="Cluster",
            ignores=("DefaultCapacityProviderStrategy",),
        ),
        Spelling(
            "api",
            "ecs:DescribeClusters",
            {
                "name": "clusterName",
                "container_insights": included("settings", _insights("settings")),
                "exec.logging": _configured("executeCommandConfiguration.logging"),
                "exec.kms_key": _configured("executeCommandConfiguration.kmsKeyId"),
                "exec.log_group": _configured("executeCommandConfiguration.logConfiguration.cloudWatchLogGroupName"),
                "storage_key": _configured("managedStorageConfiguration.kmsKeyId"),
                "capacity_providers": "capacityProviders",
                "tags": included("tags", tags("tags")),
            },
            items="clusters.*",
            key="clusterName",
            ignores=(
                "activeServicesCount",
                "attachments",
                "attachmentsStatus",
                "clusterArn",
                "defaultCapacityProviderStrategy",
                "pendingTasksCount",
                "registeredContainerInstancesCount",
                "runningTasksCount",
                "serviceConnectDefaults",
                "statistics",
                "status",
            ),
        ),
        Spelling(
            "api", "ecs:ListTagsForResource", {"tags": tags("tags")}, part_of="resourceArn", asks=("resourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html",),
)
