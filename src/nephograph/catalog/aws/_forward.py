"""The actions of load balancer listeners and rules: one item a target group."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, items, reference, text
from nephograph.catalog.readers import first_of, says

ACTIONS = items(type=text(), target_group=reference("aws_lb_target_group"), redirect_protocol=text())


def actions(name: str) -> Reader:
    """The action blocks `name`; a weighted forward to several groups becomes an item for each."""

    def read(document: Cursor) -> Tree:
        blocks = document.at(name)
        if blocks.unknown or not blocks.present:
            return blocks
        return [item for block in blocks.each() for item in _action(block)]

    return read


def _action(block: Cursor) -> list[Tree]:
    if block.unknown:
        return [block]
    about: dict[str, Tree] = {
        "type": block.first("type", "Type"),
        "redirect_protocol": block.first("redirect.protocol", "RedirectConfig.Protocol"),
    }
    single = first_of(block, "target_group_arn", "TargetGroupArn")
    if says(single):
        return [{**about, "target_group": single}]
    groups = block.first("forward.target_group", "ForwardConfig.TargetGroups").each()
    items = [one if one.unknown else one.first("arn", "TargetGroupArn") for one in groups]
    return [{**about, "target_group": one} for one in items] or [about]
