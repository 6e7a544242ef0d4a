"""The actions of load balancer listeners and rules: one item a target group."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Reader, items, reference, text
from nephograph.catalog.readers import says

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
        "type": block.at("type"),
        "redirect_protocol": block.at("redirect", "protocol"),
    }
    single = block.at("target_group_arn")
    if says(single):
        return [{**about, "target_group": single}]
    groups = list(block.at("forward", "target_group").each())
    return [{**about, "target_group": one if one.unknown else one.at("arn")} for one in groups] or [about]
