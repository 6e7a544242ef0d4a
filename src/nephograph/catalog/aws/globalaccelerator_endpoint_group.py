"""Endpoint group of a Global Accelerator: what answers for a listener in one region."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, flag, items, number, reference, text
from nephograph.catalog.readers import each, first_of
from nephograph.model.resource import Class


def _endpoint(block: Cursor) -> dict[str, Tree]:
    return {
        "endpoint": first_of(block, "endpoint_id", "EndpointId"),
        "weight": block.first("weight", "Weight"),
        "preserve_client_ip": block.first("client_ip_preservation_enabled", "ClientIPPreservationEnabled"),
        "health": block.first("HealthState"),
    }


def _override(block: Cursor) -> dict[str, Tree]:
    return {
        "listener_port": block.first("listener_port", "ListenerPort"),
        "endpoint_port": block.first("endpoint_port", "EndpointPort"),
    }


KIND = Kind(
    native="AWS::GlobalAccelerator::EndpointGroup",
    service="globalaccelerator",
    cls=Class.GENERIC,
    identity=("id",),
    known_by=("region",),
    arn="{id}",
    id="{id}",
    global_=True,
    fields={
        "id": text(),
        "listener": reference("aws_globalaccelerator_listener"),
        # Where the endpoints are; the group itself has no region.
        "region": text(),
        "endpoints": items(
            # The ARN of a load balancer, the allocation of an Elastic IP, an instance.
            endpoint=reference("aws_lb", "aws_eip", "aws_instance"),
            weight=number(),
            # Whether the endpoint sees who asks: AWS turns it on for application balancers where nothing is said.
            preserve_client_ip=flag(),
            # INITIAL, HEALTHY or UNHEALTHY.
            health=text(),
        ),
        "traffic_dial": number(default=100),
        "port_overrides": items(listener_port=number(), endpoint_port=number()),
    },
    links=(Link("answers_for", "listener"), Link("has_target", "endpoints.*.endpoint")),
    spellings=(
        Spelling(
            "terraform",
            "aws_globalaccelerator_endpoint_group",
            {
                "id": "id",
                "listener": "listener_arn",
                "region": "endpoint_group_region",
                "endpoints": each("endpoint_configuration", _endpoint),
                "traffic_dial": "traffic_dial_percentage",
                "port_overrides": each("port_override", _override),
            },
            ignores=(
                "health_check_interval_seconds",
                "health_check_path",
                "health_check_port",
                "health_check_protocol",
                "threshold_count",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::GlobalAccelerator::EndpointGroup",
            {
                "listener": "ListenerArn",
                "region": "EndpointGroupRegion",
                "endpoints": each("EndpointConfigurations", _endpoint),
                "traffic_dial": "TrafficDialPercentage",
                "port_overrides": each("PortOverrides", _override),
            },
            computed={"EndpointGroupArn": "id"},
            ignores=(
                "HealthCheckIntervalSeconds",
                "HealthCheckPath",
                "HealthCheckPort",
                "HealthCheckProtocol",
                "ThresholdCount",
            ),
        ),
        Spelling(
            "api",
            "globalaccelerator:ListEndpointGroups",
            {
                "id": "EndpointGroupArn",
                "listener": "ListenerArn",
                "region": "EndpointGroupRegion",
                "endpoints": each("EndpointDescriptions", _endpoint),
                "traffic_dial": "TrafficDialPercentage",
                "port_overrides": each("PortOverrides", _override),
            },
            items="EndpointGroups.*",
            key="EndpointGroupArn",
            asks=("ListenerArn",),
            ignores=(
                "HealthCheckIntervalSeconds",
                "HealthCheckPath",
                "HealthCheckPort",
                "HealthCheckProtocol",
                "ThresholdCount",
            ),
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups.html",
        "https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html",
    ),
)
