"""Flow log: which traffic of a VPC, subnet, interface or transit gateway is recorded, and where."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, mapping, number, reference, text
from nephograph.catalog.readers import first_of, tags
from nephograph.model.resource import Class


def _recorded(document: Cursor) -> Tree:
    return first_of(document, "vpc_id", "subnet_id", "eni_id", "transit_gateway_id", "transit_gateway_attachment_id")


def _destination(document: Cursor) -> Tree:
    """The ARN of the destination, or the name of a log group."""
    return first_of(document, "log_destination", "log_group_name")


def _aws_destination(document: Cursor) -> Tree:
    return first_of(document, "LogDestination", "LogGroupName")


KIND = Kind(
    native="AWS::EC2::FlowLog",
    service="ec2",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:vpc-flow-log/{id}",
    id="{id}",
    fields={
        "id": text(),
        "resource": reference(
            "aws_vpc",
            "aws_subnet",
            "aws_network_interface",
            "aws_ec2_transit_gateway",
            "aws_ec2_transit_gateway_attachment",
        ),
        # ACCEPT, REJECT or ALL; flow logs of transit gateways record all.
        "traffic": text(),
        "destination_type": text(default="cloud-watch-logs"),
        "destination": reference("aws_cloudwatch_log_group", "aws_s3_bucket"),
        "role": reference("aws_iam_role"),
        "format": text(),
        "aggregation_seconds": number(default=600),
        # What only the API tells: ACTIVE, and whether records arrive (SUCCESS or FAILED).
        "status": text(),
        "delivery": text(),
        "tags": mapping(),
    },
    links=(Link("records", "resource"), Link("logs_to", "destination"), Link("runs_as", "role")),
    spellings=(
        Spelling(
            "terraform",
            "aws_flow_log",
            {
                "id": "id",
                "resource": _recorded,
                "traffic": "traffic_type",
                "destination_type": "log_destination_type",
                "destination": _destination,
                "role": "iam_role_arn",
                "format": "log_format",
                "aggregation_seconds": "max_aggregation_interval",
                "tags": "tags",
            },
            ignores=("deliver_cross_account_role", "destination_options"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::FlowLog",
            {
                "resource": "ResourceId",
                "traffic": "TrafficType",
                "destination_type": "LogDestinationType",
                "destination": _aws_destination,
                "role": "DeliverLogsPermissionArn",
                "format": "LogFormat",
                "aggregation_seconds": "MaxAggregationInterval",
                "tags": tags("Tags"),
            },
            computed={"Id": "id"},
            ignores=("DeliverCrossAccountRole", "DestinationOptions", "ResourceType", "TagFieldSpecifications"),
        ),
        Spelling(
            "api",
            "ec2:DescribeFlowLogs",
            {
                "id": "FlowLogId",
                "resource": "ResourceId",
                "traffic": "TrafficType",
                "destination_type": "LogDestinationType",
                "destination": _aws_destination,
                "role": "DeliverLogsPermissionArn",
                "format": "LogFormat",
                "aggregation_seconds": "MaxAggregationInterval",
                "status": "FlowLogStatus",
                "delivery": "DeliverLogsStatus",
                "tags": tags("Tags"),
            },
            items="FlowLogs.*",
            key="FlowLogId",
            ignores=(
                "CreationTime",
                "DeliverCrossAccountRole",
                "DeliverLogsErrorMessage",
                "DestinationOptions",
                "TagFieldSpecifications",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",),
)
