"""Listener of a Global Accelerator: the ports that are let in at the edge."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Link, Spelling, items, number, reference, text
from nephograph.catalog.readers import each
from nephograph.model.resource import Class


def _range(block: Cursor) -> dict[str, Tree]:
    return {"from_port": block.first("from_port", "FromPort"), "to_port": block.first("to_port", "ToPort")}


KIND = Kind(
    native="AWS::GlobalAccelerator::Listener",
    service="globalaccelerator",
    cls=Class.GENERIC,
    identity=("id",),
    arn="{id}",
    id="{id}",
    global_=True,
    fields={
        "id": text(),
        "accelerator": reference("aws_globalaccelerator_accelerator"),
        # TCP or UDP.
        "protocol": text(),
        "ports": items(from_port=number(), to_port=number()),
        "client_affinity": text(default="NONE"),
    },
    links=(Link("listens_for", "accelerator"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_globalaccelerator_listener",
            {
                "id": "id",
                "accelerator": "accelerator_arn",
                "protocol": "protocol",
                "ports": each("port_range", _range),
                "client_affinity": "client_affinity",
            },
        ),
        Spelling(
            "cloudformation",
            "AWS::GlobalAccelerator::Listener",
            {
                "accelerator": "AcceleratorArn",
                "protocol": "Protocol",
                "ports": each("PortRanges", _range),
                "client_affinity": "ClientAffinity",
            },
            computed={"ListenerArn": "id"},
        ),
        Spelling(
            "api",
            "globalaccelerator:ListListeners",
            {
                "id": "ListenerArn",
                "accelerator": "AcceleratorArn",
                "protocol": "Protocol",
                "ports": each("PortRanges", _range),
                "client_affinity": "ClientAffinity",
            },
            items="Listeners.*",
            key="ListenerArn",
            asks=("AcceleratorArn",),
        ),
    ),
    references=("https://docs.aws.amazon.com/global-accelerator/latest/dg/about-listeners.html",),
)
