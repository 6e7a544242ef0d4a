"""EFS access point: a directory of a file system, entered as a fixed user."""

from nephograph.catalog.language import Kind, Link, Spelling, mapping, number, reference, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_CAPITALS = {
    "file_system": "FileSystemId",
    "path": "RootDirectory.Path",
    "uid": "PosixUser.Uid",
    "gid": "PosixUser.Gid",
}

KIND = Kind(
    native="AWS::EFS::AccessPoint",
    service="elasticfilesystem",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{id}",
    id="{id}",
    fields={
        "id": text(),
        "file_system": reference("aws_efs_file_system"),
        "path": text(default="/"),
        # Nothing said: the client's own user.
        "uid": number(),
        "gid": number(),
        "tags": mapping(),
    },
    links=(Link("serves", "file_system"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_efs_access_point",
            {
                "id": "id",
                "file_system": "file_system_id",
                "path": "root_directory.path",
                "uid": "posix_user.uid",
                "gid": "posix_user.gid",
                "tags": "tags",
            },
            ignores=("file_system_arn",),
        ),
        Spelling(
            "cloudformation",
            "AWS::EFS::AccessPoint",
            {**_CAPITALS, "tags": tags("AccessPointTags")},
            computed={"AccessPointId": "id"},
            ignores=("ClientToken",),
        ),
        Spelling(
            "api",
            "efs:DescribeAccessPoints",
            {**_CAPITALS, "id": "AccessPointId", "tags": tags("Tags")},
            items="AccessPoints.*",
            key="AccessPointId",
            ignores=("AccessPointArn", "ClientToken", "LifeCycleState", "Name"),
        ),
    ),
    references=("https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",),
)
