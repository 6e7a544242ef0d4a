"""One instance of a module: variables, locals, resources, module calls and outputs, each computed when asked for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.constraints import Mismatch, constraint, convert
from nephograph.sources.terraform.context import RUNNING, Context
from nephograph.sources.terraform.data_sources import data_value
from nephograph.sources.terraform.directory import Directory
from nephograph.sources.terraform.expansion import Expansion, expand
from nephograph.sources.terraform.module_sources import locate
from nephograph.sources.terraform.providers import ProviderSet
from nephograph.sources.terraform.resources import Instance
from nephograph.sources.terraform.scope import Env, evaluated, local_names
from nephograph.sources.terraform.secrets import Secret, revealed, secret
from nephograph.sources.terraform.variables import Given, given_values, typed_value

META_OF_CALLS = frozenset({"source", "version", "count", "for_each", "providers", "depends_on"})


class Module:
    """A module instance. `address` is "" for a root; `call` is the module block, `env` the caller's environment."""

    def __init__(
        self,
        context: Context,
        directory: Directory,
        root: str,
        address: str = "",
        parent: Module | None = None,
        call: Block | None = None,
        env: Env | None = None,
        existence: Unknown | None = None,
    ) -> None:
        self.context = context
        self.directory = directory
        self.root = root
        self.address = address
        self.prefix = f"{address}." if address else ""
        """What stands before the addresses of this module: "" or `module.a["x"].`."""
        self.parent = parent
        self.call = call
        self.caller = env
        self.existence = existence
        self.providers = ProviderSet(self)
        self.env = Env(self)
        self._given: dict[str, Given] | None = None
        self._variables: dict[str, Any] = {}
        self._locals: dict[str, Any] = {}
        self.known: dict[str, dict[str, Any]] = {"var": self._variables, "local": self._locals}
        """What was evaluated of the variables and locals; `context.RUNNING` stands for what is being evaluated."""
        self._outputs: dict[str, Any] = {}
        self.expanded: dict[tuple[str, str, str], Any] = {}
        """The expansions of resource and data blocks, by mode, type and name."""
        self._calls: dict[str, Any] = {}
        self._path: str | None = None

    def ancestors(self) -> Iterator[Module]:
        """This module and the modules that call it, innermost first."""
        module: Module | None = self
        while module is not None:
            yield module
            module = module.parent

    # -- variables -------------------------------------------------------------------------------------------------

    @property
    def given(self) -> dict[str, Given]:
        """Values from outside: of a root from variable files and options."""
        if self._given is None:
            self._given = given_values(self.context, self.directory) if self.parent is None else {}
        return self._given

    def argument(self, name: str) -> Written | None:
        """The argument of the module call."""
        if self.call is None or name in META_OF_CALLS:
            return None
        return self.call.body.value(name)

    def variable(self, name: str) -> Any:
        """The value of a variable in its type."""
        found = self._variables.get(name, RUNNING)
        if found is not RUNNING:
            return found
        block = self.directory.variables.get(name)
        if block is None:
            return self._undeclared(f"var.{name}")
        return self.context.once(
            self._variables,
            name,
            f"{self.prefix}var.{name}",
            Written(block.text, (block.type, block.start, block.head_end)),
            lambda: self._variable(name, block),
        )

    def _variable(self, name: str, block: Block) -> Any:
        type_ = block.body.value("type")
        try:
            wanted = constraint(type_.node if type_ else None)
        except Mismatch as error:
            return self._mismatch(f"the type of variable {name}: {error}", type_)
        value, written = self._said(name, type_ is None or wanted.kind in ("string", "number", "bool"))
        default = block.body.value("default")
        nullable = block.body.value("nullable")
        keeps_null = nullable is None or nullable.node[3:] != (False,)
        if not keeps_null and isinstance(value, Unknown) and None in value.among:
            # Where it is null the default may stand in its place.
            value = value.unnarrowed()
        if (written is None and value is None) or (value is None and not keeps_null and default is not None):
            if default is None:
                return self.no_value(name)
            value, written = evaluated(default, self.env), default
        try:
            text = type_.text if type_ is not None else block.text
            hidden = type(value) is Secret
            value = convert(
                revealed(value) if hidden else value, wanted, lambda node: evaluated(Written(text, node), self.env)
            )
        except Mismatch as error:
            why = "a sensitive value of another type" if self._is_sensitive(block) or hidden else str(error)
            return self._mismatch(f"variable {name}: {why}", written or type_)
        return self._marked(value, f"{self.prefix}var.{name}") if hidden or self._is_sensitive(block) else value

    def _is_sensitive(self, block: Block) -> bool:
        written = block.body.value("sensitive")
        return written is not None and evaluated(written, self.env) is True

    def _marked(self, value: Any, what: str) -> Any:
        self.context.tree.texts.hide(revealed(value))
        return secret(value, what)

    def _said(self, name: str, is_literal: bool) -> tuple[Any, Written | None]:
        """What was given to the variable, and where; (None, None) when nothing was."""
        argument = self.argument(name)
        if argument is not None and self.caller is not None:
            return evaluated(argument, self.caller), argument
        given = self.given.get(name)
        if given is None:
            return None, None
        block = self.directory.variables[name]
        if given.written is not None:
            return evaluated(given.written, self.env), given.written
        if given.typed is not None:
            node = typed_value(given.typed, is_literal)
            return evaluated(Written(block.text, node), self.env), Written(block.text, block.node)
        return given.data, Written(block.text, block.node)

    def no_value(self, name: str) -> Unknown:
        """A variable that nobody gave a value. Several roots have several such variables of one name."""
        where = f" ({self.root})" if self.context.several_roots else ""
        return Unknown(Reason.NO_VALUE, f"{self.prefix}var.{name}{where}")

    def _mismatch(self, message: str, written: Written | None) -> Unknown:
        self.context.gap("invalid", f"{self.prefix or 'root: '}{message}", "the value does not fit its type", written)
        return Unknown(Reason.INVALID, message)

    # -- locals and outputs ------------------------------------------------------------------------------------------

    def local(self, name: str) -> Any:
        """The value of a local. Chains of locals are computed from their far end, without recursion."""
        found = self._locals.get(name, self)
        if found is not self:
            return found if found is not RUNNING else self._local(name)
        path: dict[str, Iterator[str]] = {name: iter(self._needs(name))}
        while path:
            top = next(reversed(path))
            needed = next((n for n in path[top] if n not in self._locals and n not in path), None)
            if needed is not None:
                path[needed] = iter(self._needs(needed))
                continue
            path.pop(top)
            if path:
                self._local(top)
        return self._local(name)

    def _needs(self, name: str) -> tuple[str, ...]:
        written = self.directory.locals.get(name)
        if written is None:
            return ()
        known = self.directory.needs.get(name)
        if known is None or known[0] is not written:
            known = self.directory.needs[name] = (written, local_names(written))
        return known[1]

    def _local(self, name: str) -> Any:
        written = self.directory.locals.get(name)
        if written is None:
            return self._undeclared(f"local.{name}")
        return self.context.once(
            self._locals, name, f"{self.prefix}local.{name}", written, lambda: evaluated(written, self.env)
        )

    def output(self, name: str) -> Any:
        """The value of an output."""
        found = self._outputs.get(name, RUNNING)
        if found is not RUNNING:
            return found
        block = self.directory.outputs.get(name)
        value = block.body.value("value") if block is not None else None
        if value is None:
            return self._undeclared(f"output {name}")
        return self.context.once(
            self._outputs, name, f"{self.prefix}output.{name}", value, lambda: self._output(name, block, value)
        )

    def _output(self, name: str, block: Block | None, written: Written) -> Any:
        value = evaluated(written, self.env)
        if block is not None and "sensitive" in block.body.arguments and self._is_sensitive(block):
            return self._marked(value, f"{self.prefix}output.{name}")
        return value

    def outputs(self) -> dict[str, Any]:
        """All outputs by name."""
        return {name: self.output(name) for name in self.directory.outputs}

    def _undeclared(self, what: str) -> Unknown:
        """A name that nothing in the module declares: perhaps a block that could not be read does."""
        return Unknown(Reason.NOT_EVALUATED, f"{self.prefix}{what}, which may stand in a part that could not be read")

    # -- resources ---------------------------------------------------------------------------------------------------

    def resources(self, mode: str, type: str, name: str) -> Expansion[Instance] | None:
        """The instances of a resource or data block; None when there is no such block."""
        known = self.expanded.get((mode, type, name), RUNNING)
        if known is not RUNNING and not isinstance(known, Unknown):
            expanded: Expansion[Instance] = known
            return expanded
        declared = self.directory.resources if mode == "managed" else self.directory.data
        block = declared.get((type, name))
        if block is None:
            return None
        address = f"{self.prefix}{'data.' if mode == 'data' else ''}{type}.{name}"
        arguments = block.body.arguments
        if "count" not in arguments and "for_each" not in arguments and self.context.instances_left > 0:
            # One instance: there is nothing to evaluate.
            self.context.take_instance()
            single: Expansion[Instance] = Expansion("one")
            single.items[None] = Instance(self, mode, block, address, None, None, self.existence)
            self.expanded[mode, type, name] = single
            return single

        def make(at: str, key: Any, each: Any, why: Unknown | None) -> Instance:
            return Instance(self, mode, block, at, key, each, self.existence if why is None else why)

        found: Any = self.context.once(
            self.expanded,
            (mode, type, name),
            address,
            Written(block.text, (block.type, block.start, block.head_end)),
            lambda: expand(
                self.context,
                block,
                address,
                lambda written: evaluated(written, self.env),
                make,
            ),
        )
        if isinstance(found, Unknown):
            # The number of instances depends on the instances, or is too deep a question.
            kind = "count" if "count" in arguments else "for_each" if "for_each" in arguments else "one"
            unsure: Expansion[Instance] = Expansion(kind)
            if kind == "one":
                unsure.items[None] = make(address, None, None, None)
            else:
                unsure.why = found
                unsure.maybe = make(f"{address}[*]", None, found, found)
            self.expanded[mode, type, name] = unsure
            return unsure
        expansion: Expansion[Instance] = found
        return expansion

    def data_value(self, instance: Instance, name: str) -> Any:
        """What is known of a data source beyond its arguments; None for nothing."""
        return data_value(instance, name)

    # -- module calls ------------------------------------------------------------------------------------------------

    def calls(self, name: str) -> Expansion[Module] | Unknown | None:
        """The instances of a module call; an Unknown when its module is not here; None when nothing calls so."""
        block = self.directory.modules.get(name)
        if block is None:
            return None
        found: Expansion[Module] | Unknown = self.context.once(
            self._calls,
            name,
            f"{self.prefix}module.{name}",
            Written(block.text, (block.type, block.start, block.head_end)),
            lambda: self._expand_call(name, block),
        )
        return found

    def _expand_call(self, name: str, block: Block) -> Expansion[Module] | Unknown:
        located = locate(self, name, block)
        if isinstance(located, Unknown):
            return located
        directory = self.context.reader.directory(located)
        address = f"{self.prefix}module.{name}"

        def make(at: str, key: Any, each: Any, why: Unknown | None) -> Module:
            env = Env.of_instance(self, key, each, "count" in block.body.arguments, why, None)
            env.call = block
            return type(self)(
                self.context, directory, self.root, at, self, block, env, self.existence if why is None else why
            )

        return expand(self.context, block, address, lambda written: evaluated(written, self.env), make)

    # -- the whole ---------------------------------------------------------------------------------------------------

    @property
    def relative_path(self) -> str:
        """`path.module` as Terraform gives it: relative to the root module."""
        if self._path is None:
            root = next(module for module in self.ancestors() if module.parent is None)
            path, start = self.directory.path or ".", root.directory.path or "."
            self._path = "." if self is root else posixpath.relpath(path, start)
        return self._path
