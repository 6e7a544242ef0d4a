"""One stack: a template with the values of its parameters, at its place in the tree of stacks."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nephograph.model.source import Gap, Scope
from nephograph.model.span import Span
from nephograph.model.value import Reason, Unknown
from nephograph.sources.cloudformation.conditions import Truth, assume
from nephograph.sources.cloudformation.evaluate import Evaluator
from nephograph.sources.cloudformation.foreach import Loops, has_loop
from nephograph.sources.cloudformation.nodes import Node, function_of, text_of
from nephograph.sources.cloudformation.parameters import parameter_value
from nephograph.sources.cloudformation.template import EXTENSIONS, SERVERLESS, Template, name_of

if TYPE_CHECKING:
    from nephograph.sources.cloudformation.tree import Tree

NESTED = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_SUFFIXES = {"aws-cn": "amazonaws.com.cn"}


def _partition(region: str) -> str:
    """The partition by the region; one that is not known is taken to be of the largest partition."""
    return "aws-cn" if region.startswith("cn-") else "aws-us-gov" if region.startswith("us-gov-") else "aws"


class Stack:
    """A stack of the tree. `root` and `prefix` say where its resources are addressed.

    `given` holds what the parent hands on; `caller` is the parent and the logical name of this stack in it.
    """

    def __init__(
        self,
        tree: Tree,
        template: Template,
        root: str,
        prefix: str = "",
        given: Mapping[str, Any] | None = None,
        caller: tuple[Stack, str] | None = None,
    ) -> None:
        self.tree = tree
        self.template = template
        self.root = root
        self.prefix = prefix
        self.given = given
        self.caller = caller
        self.spent = 0
        self._parameters: dict[str, Any] = {}
        self._children: dict[str, Stack | None] = {}
        self._outputs: dict[str, Any] = {}
        self._evaluators: dict[str, Evaluator] = {}
        self._open: set[str] = set()
        self.asked: set[str] = set()
        """Properties that are being evaluated for others, so that a circle is seen."""

    # -- sections ------------------------------------------------------------------------------------------------

    @functools.cached_property
    def parameters(self) -> dict[str, Node]:
        """The declarations of parameters."""
        return self.template.entries("Parameters", lambda node: isinstance(node.value, dict), "a mapping with a Type")

    @functools.cached_property
    def mappings(self) -> Node:
        """The section of mappings."""
        return self.template.sections["Mappings"]

    @functools.cached_property
    def conditions(self) -> dict[str, Node]:
        """The conditions, loops written out."""
        return dict(self._expanded["Conditions"].entries())

    @functools.cached_property
    def resources(self) -> dict[str, Node]:
        """The resources by their logical names, loops written out and transforms applied; each has a type."""
        found = {}
        for name, node in self._expanded["Resources"].entries():
            type_ = node.get("Type")
            made = function_of(node) or (function_of(type_) if type_ is not None else None)
            if name == "Fn::Transform" or made == "Fn::Transform":
                one = node.get("Fn::Transform") or node
                self.macro(name_of(one) or "a macro", node)
            elif made is not None:
                # Another tool's function (a module of Rain) that is run before CloudFormation sees the template.
                self.macro(made, node)
            elif type_ is None or type_.text is None:
                self.template.wrong(node, f"{name} has to be a mapping with a Type")
            else:
                found[name] = node
        return found

    @functools.cached_property
    def outputs(self) -> dict[str, Node]:
        """The outputs."""
        return dict(self._looped["Outputs"].entries())

    @functools.cached_property
    def heads(self) -> dict[str, tuple[int, int]]:
        """Where each resource begins: the range of its logical name."""
        return self._expanded["Resources"].keys

    @functools.cached_property
    def _looped(self) -> dict[str, Node]:
        if not has_loop(self.template.text.content):
            return dict(self.template.sections)
        loops = Loops(Evaluator(_Before(self)).known, self._refused)
        return {name: loops.written_out(node) for name, node in self.template.sections.items()}

    @functools.cached_property
    def _expanded(self) -> dict[str, Node]:
        sections = self._looped
        if SERVERLESS in self.template.transforms or "AWS::Serverless::" in self.template.text.content:
            from nephograph.sources.cloudformation.sam import translated

            sections = translated(self, sections)
        for name in self.template.transforms:
            if name not in (SERVERLESS, EXTENSIONS):
                self.macro(name, self.template.root.get("Transform") or self.template.root)
        return sections

    # -- values --------------------------------------------------------------------------------------------------

    def parameter(self, name: str) -> Any:
        """The value of a parameter."""
        if name not in self._parameters:
            if name in self._open:
                return Unknown(Reason.CYCLE, name)
            self._open.add(name)
            self._parameters[name] = parameter_value(self, name)
            self._open.discard(name)
        return self._parameters[name]

    def allowed(self, name: str) -> frozenset[str] | None:
        """The texts a parameter may have; None where anything goes."""
        node = self.parameters.get(name)
        values = node.get("AllowedValues") if node is not None else None
        if values is None or not isinstance(values.value, list):
            return None
        found = [self.plain.value(one) for one in values.items()]
        return frozenset(text_of(one) for one in found if not isinstance(one, Unknown | dict | list))

    @property
    def scope(self) -> Scope:
        """Account and region."""
        return self.tree.scope(self.root)

    def pseudo(self, name: str) -> Any:
        """The value of a pseudo parameter.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
        """
        match name:
            case "AWS::AccountId":
                return self.tree.account(self.root)
            case "AWS::Region":
                return self.tree.region(self.root)
            case "AWS::Partition":
                return _partition(self.scope.region)
            case "AWS::URLSuffix":
                return _SUFFIXES.get(_partition(self.scope.region), "amazonaws.com")
            case "AWS::StackName" | "AWS::StackId" | "AWS::NotificationARNs":
                where = self.prefix.removesuffix(".") or (self.root if self.tree.several else "")
                return Unknown(Reason.NOT_SEEN, f"{name} of {where}" if where else name)
        return Unknown(Reason.NOT_EVALUATED, name)

    @functools.cached_property
    def plain(self) -> Evaluator:
        """The evaluator that takes nothing for granted."""
        return Evaluator(self)

    def evaluator(self, name: str) -> Evaluator:
        """The evaluator of a resource: its condition is taken for true, for where it is not there is no resource."""
        guard = self.guard(name)
        key = guard or ""
        if key not in self._evaluators:
            assumed = assume(self.plain, guard, True) if guard else None
            self._evaluators[key] = Evaluator(self, assumed) if assumed is not None else self.plain
        return self._evaluators[key]

    def guard(self, name: str) -> str | None:
        """The condition of a resource."""
        node = self.resources[name].get("Condition")
        return node.text if node is not None else None

    def exists(self, name: str) -> Truth:
        """Whether a resource exists, by its own condition and those of the stacks it is in."""
        guard = self.guard(name)
        own: Truth = self.plain.condition(guard) if guard else True
        if own is False:
            return False
        above = self.caller[0].exists(self.caller[1]) if self.caller is not None else True
        return above if above is not True else own

    # -- stacks --------------------------------------------------------------------------------------------------

    def child(self, name: str) -> Stack | None:
        """The stack that a resource nests, when its template is here."""
        if name not in self._children:
            self._children[name] = None
            node = self.resources.get(name)
            if node is not None and node.value["Type"].text in NESTED:
                self._children[name] = self.tree.nested(self, name, node)
        return self._children[name]

    @property
    def ancestors(self) -> list[Template]:
        """The templates from this stack up to its root."""
        above = self.caller[0].ancestors if self.caller is not None else []
        return [self.template, *above]

    def output(self, name: str) -> Any:
        """The value of an output, as a parent sees it."""
        node = self.outputs.get(name)
        value = node.get("Value") if node is not None else None
        if value is None:
            return Unknown(Reason.INVALID, f"{self.prefix.removesuffix('.')} has no output {name}")
        return self.exported(name, value)

    def exported(self, name: str, node: Node) -> Any:
        """The value of an output's node, computed once."""
        if name not in self._outputs:
            if name in self._open:
                return Unknown(Reason.CYCLE, f"output {name}")
            if self.tree.depth > self.tree.deepest:
                return Unknown(Reason.BUDGET, f"a value that leads through more than {self.tree.deepest} stacks")
            self._open.add(name)
            self.tree.depth += 1
            self._outputs[name] = self.plain.known(node)
            self.tree.depth -= 1
            self._open.discard(name)
        return self._outputs[name]

    # -- what is not evaluated -----------------------------------------------------------------------------------

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return self.template.text.span(node.start, node.end)

    def gap(self, kind: str, subject: str, why: str, node: Node, count: int = 1) -> None:
        """Name something that is not evaluated, once for each place."""
        self.tree.gap(Gap(kind, subject, why, self.span(node), count))

    def not_evaluated(self, function: str, node: Node) -> None:
        """A function that is not known."""
        self.gap("unknown-function", function, "is no function that nephograph evaluates", node)

    def macro(self, name: str, node: Node) -> None:
        """A macro or an include: what it makes is not here."""
        self.gap(
            "macro", name, "is run by CloudFormation when the stack is made; what it makes is not in the text", node
        )

    def _refused(self, name: str, node: Node, why: str) -> None:
        self.gap("loop-not-written-out", f"{self.prefix}{name}", why, node)


class _Before(Stack):
    """The same stack before its loops are written out: collections may ask for parameters and mappings alone."""

    def __init__(self, stack: Stack) -> None:
        super().__init__(stack.tree, stack.template, stack.root, stack.prefix, stack.given, stack.caller)

    @functools.cached_property
    def _looped(self) -> dict[str, Node]:
        return dict(self.template.sections)

    @functools.cached_property
    def _expanded(self) -> dict[str, Node]:
        return self._looped
