"""A template: its text, and the sections of it that a reading needs."""

from __future__ import annotations

import re
from collections.abc import Callable

from nephograph.sources.cloudformation.nodes import Fault, Node
from nephograph.sources.terraform.texts import Text

SECTIONS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs")
SERVERLESS = "AWS::Serverless-2016-10-31"
EXTENSIONS = "AWS::LanguageExtensions"
_TYPE = re.compile(r"(?:AWS|Custom|Alexa)::|\w+::\w+::\w+")


class Template:
    """One template file. `root` is its tree; sections of a wrong type read as empty, and `faults` says so."""

    def __init__(self, text: Text, root: Node, faults: list[Fault]) -> None:
        self.text = text
        self.root = root
        self.faults = faults
        self.sections: dict[str, Node] = {}
        for name in SECTIONS:
            node = root.get(name)
            if node is not None and node.value is not None and not isinstance(node.value, dict):
                self.wrong(node, f"{name} has to be a mapping")
                node = None
            self.sections[name] = node if node is not None and node.value is not None else Node({}, 0, 0)
        written = root.get("Transform")
        names = [one.text or name_of(one) for one in written.items()] if written is not None else []
        self.transforms = [name for name in names if name]

    def wrong(self, node: Node, why: str) -> None:
        """Something has a type that the format does not give it."""
        help = "The entry was left out; see the template reference of CloudFormation."
        self.faults.append(Fault("malformed-entry", why, help, node.start, min(node.end, node.start + 200)))

    def section(self, name: str) -> dict[str, Node]:
        """The entries of a section."""
        return dict(self.sections[name].value)

    def head(self, section: str, name: str) -> tuple[int, int]:
        """Where an entry of a section begins: its name."""
        node = self.sections[section]
        child = node.value.get(name)
        return node.keys.get(name, (child.start, child.end) if child is not None else (0, 0))

    def entries(self, section: str, wanted: Callable[[Node], bool], what: str) -> dict[str, Node]:
        """The entries of a section that have the form they need; the others are faults."""
        found = {}
        for name, node in self.section(section).items():
            if name.startswith("Fn::"):
                continue
            if wanted(node):
                found[name] = node
            else:
                self.wrong(node, f"{name} has to be {what}")
        return found


def name_of(macro: Node) -> str:
    """The name of a macro that is called with parameters; "" where there is none."""
    name = macro.get("Name")
    return (name.text or "") if name is not None else ""


def is_template(root: Node) -> bool:
    """True when a tree is a template: it says so, or it has resources of CloudFormation's types."""
    resources = root.get("Resources")
    if not isinstance(root.value, dict):
        return False
    if root.get("AWSTemplateFormatVersion") is not None:
        return True
    if resources is None or not isinstance(resources.value, dict):
        return False
    transform = root.get("Transform")
    if transform is not None and any((one.text or "").startswith("AWS::") for one in transform.items()):
        return True
    kinds = (getattr(node.get("Type"), "text", None) for node in resources.value.values())
    return any(kind is not None and _TYPE.match(kind) for kind in kinds)
