"""ECS task definition: the containers of a task, and the roles they run with."""

from nephograph.catalog.aws._ecs import container_definitions, containers, included
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, flag, items, mapping, reference, text, texts
from nephograph.catalog.readers import each, tags
from nephograph.model.resource import Class


def _volume(block: Cursor) -> dict[str, Tree]:
    efs = block.at("efs_volume_configuration")
    return {
        "name": block.at("name"),
        "host_path": block.at("host_path"),
        "file_system": efs.at("file_system_id"),
        "access_point": efs.at("authorization_config", "access_point_id"),
        "transit_encryption": efs.at("transit_encryption"),
    }


def _template_volume(block: Cursor) -> dict[str, Tree]:
    efs = block.at("EFSVolumeConfiguration")
    return {
        "name": block.at("Name"),
        "host_path": block.at("Host", "SourcePath"),
        "file_system": efs.at("FilesystemId"),
        "access_point": efs.at("AuthorizationConfig", "AccessPointId"),
        "transit_encryption": efs.at("TransitEncryption"),
    }


def _live_volume(block: Cursor) -> dict[str, Tree]:
    efs = block.at("efsVolumeConfiguration")
    return {
        "name": block.at("name"),
        "host_path": block.at("host", "sourcePath"),
        "file_system": efs.at("fileSystemId"),
        "access_point": efs.at("authorizationConfig", "accessPointId"),
        "transit_encryption": efs.at("transitEncryption"),
    }


_ARN = "arn:{partition}:ecs:{region}:{account}:task-definition/{family}:{revision}"

KIND = Kind(
    native="AWS::ECS::TaskDefinition",
    service="ecs",
    cls=Class.CONTAINER,
    identity=("family", "revision"),
    arn=_ARN,
    id="{family}",
    label="family",
    fields={
        "family": text(),
        # Each change makes a revision of its own.
        "revision": text(),
        "task_role": reference("aws_iam_role"),
        "execution_role": reference("aws_iam_role"),
        "network_mode": text(),
        "launch_types": texts(),
        "cpu": text(),
        "memory": text(),
        "pid_mode": text(),
        "ipc_mode": text(),
        "fault_injection": flag(default=False),
        "containers": containers(),
        "volumes": items(
            name=text(),
            host_path=text(),
            file_system=reference("aws_efs_file_system"),
            access_point=reference("aws_efs_access_point"),
            # Of a file system; where nothing is said it is off.
            transit_encryption=text(),
        ),
        "tags": mapping(),
    },
    links=(
        Link("runs_as", "task_role"),
        Link("started_as", "execution_role"),
        Link("logs_to", "containers.*.log_group"),
        Link("mounts", "volumes.*.file_system"),
        Link("mounts", "volumes.*.access_point"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_ecs_task_definition",
            {
                "family": "family",
                "revision": "revision",
                "task_role": "task_role_arn",
                "execution_role": "execution_role_arn",
                "network_mode": "network_mode",
                "launch_types": "requires_compatibilities",
                "cpu": "cpu",
                "memory": "memory",
                "pid_mode": "pid_mode",
                "ipc_mode": "ipc_mode",
                "fault_injection": "enable_fault_injection",
                "containers": container_definitions("container_definitions"),
                "volumes": each("volume", _volume),
                "tags": "tags",
            },
            computed={
                "family": "{family}",
                "revision": "{revision}",
                "arn_without_revision": _ARN.removesuffix(":{revision}"),
            },
            ignores=(
                "ephemeral_storage",
                "inference_accelerator",
                "placement_constraints",
                "proxy_configuration",
                "runtime_platform",
                "skip_destroy",
                "track_latest",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::ECS::TaskDefinition",
            {
                "family": "Family",
                "task_role": "TaskRoleArn",
                "execution_role": "ExecutionRoleArn",
                "network_mode": "NetworkMode",
                "launch_types": "RequiresCompatibilities",
                "cpu": "Cpu",
                "memory": "Memory",
                "pid_mode": "PidMode",
                "ipc_mode": "IpcMode",
                "fault_injection": "EnableFaultInjection",
                "containers": container_definitions("ContainerDefinitions"),
                "volumes": each("Volumes", _template_volume),
                "tags": tags("Tags"),
            },
            computed={"Ref": "arn", "TaskDefinitionArn": "arn"},
            ignores=(
                "EphemeralStorage",
                "InferenceAccelerators",
                "PlacementConstraints",
                "ProxyConfiguration",
                "RuntimePlatform",
            ),
        ),
        Spelling(
            "api",
            "ecs:DescribeTaskDefinition",
            {
                "family": "taskDefinition.family",
                "revision": "taskDefinition.revision",
                "task_role": "taskDefinition.taskRoleArn",
                "execution_role": "taskDefinition.executionRoleArn",
                "network_mode": "taskDefinition.networkMode",
                "launch_types": "taskDefinition.requiresCompatibilities",
                "cpu": "taskDefinition.cpu",
                "memory": "taskDefinition.memory",
                "pid_mode": "taskDefinition.pidMode",
                "ipc_mode": "taskDefinition.ipcMode",
                "fault_injection": "taskDefinition.enableFaultInjection",
                "containers": container_definitions("taskDefinition.containerDefinitions"),
                "volumes": each("taskDefinition.volumes", _live_volume),
                "tags": included("tags", tags("tags")),
            },
            asks=("taskDefinition",),
        ),
        Spelling(
            "api", "ecs:ListTagsForResource", {"tags": tags("tags")}, part_of="resourceArn", asks=("resourceArn",)
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html",),
)
