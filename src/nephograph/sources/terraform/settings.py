"""What configuration says of itself and not of a cloud: settings, backends, module calls, providers, variables …

One document a thing, of the first instance of each module; what stands in downloaded modules is not the reader's to
mend and left out. Values of credentials are not kept: that one is written is all a document says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nephograph.model.source import Scope
from nephograph.model.span import Origin, Path
from nephograph.model.value import Reason, Unknown
from nephograph.sources.credentials import mask, names_secret
from nephograph.sources.terraform.blocks import Block, Written
from nephograph.sources.terraform.document import TerraformDocument
from nephograph.sources.terraform.legacy import legacy
from nephograph.sources.terraform.module_forms import form_of, is_in_clear, revision
from nephograph.sources.terraform.providers import FAMILIES
from nephograph.sources.terraform.readers import references
from nephograph.sources.terraform.scope import evaluated
from nephograph.sources.terraform.secrets import revealed

if TYPE_CHECKING:
    from nephograph.sources.terraform.module import Module

SCOPE = Scope("terraform")
LOCK_FILE = ".terraform.lock.hcl"
_DOWNLOADED = ".terraform"

CREDENTIALS = {
    "aws": ("access_key", "secret_key", "token"),
    "azurerm": ("client_secret", "client_certificate_password", "access_key", "sas_token"),
    "google": ("credentials", "access_token"),
    "kubernetes": ("token", "password", "client_key"),
}
"""Arguments of providers, and of the backends that speak to them, that hold a credential."""

_SEALED = ("encrypted_", "ciphertext", "hashed_")
"""How attributes begin that hold a secret nobody can read without another one."""

_PLACES = ("./", "../", "~", "/", "arn:", "alias/", "projects/", "ssm:", "vault:", "https://")
"""How texts begin that say where a secret is kept: the place is none."""

_BACKENDS = {"s3": "aws", "gcs": "google", "azurerm": "azurerm", "kubernetes": "kubernetes"}


class Anchor:
    """The block a document is made of. Its two labels are those of a name in an expression, which it has none of."""

    __slots__ = ("block", "labels")

    def __init__(self, block: Block, type: str, name: str) -> None:
        self.block = block
        self.labels = (type, name)


class Setting:
    """What a document says, and the places it is written: of each attribute, and of the whole."""

    __slots__ = ("address", "attributes", "block", "key", "module", "places", "type", "whole")

    def __init__(self, module: Module, type: str, name: str, block: Block, attributes: Mapping[str, Any]) -> None:
        self.module = module
        self.type = type
        self.address = f"{module.prefix}{name}"
        self.key = None
        self.attributes = dict(attributes)
        self.places: dict[str, Written] = {}
        self.whole = Written(block.text, (block.type, block.start, block.head_end))
        anchors = module.context.anchors
        self.block = anchors.setdefault((block, type, name), Anchor(block, type, name))


class SettingDocument(TerraformDocument):
    """A thing of the configuration itself; implements `model.source.Document`."""

    __slots__ = ()
    instance: Any

    def __init__(self, setting: Setting) -> None:
        self.instance = setting
        self._attributes = setting.attributes

    @property
    def scope(self) -> Scope:
        """No account and no region: it is of the code."""
        return SCOPE

    @property
    def attributes(self) -> Mapping[str, Any]:
        """What is said."""
        return self._attributes or {}

    @property
    def existence(self) -> Unknown | None:
        """What is written is there."""
        return None

    def origin(self, path: Path) -> Origin | None:
        """Where an attribute is written, for () the head of the block."""
        setting: Setting = self.instance
        written = setting.places.get(str(path[0])) if path else setting.whole
        if len(path) > 1:
            written = setting.places.get(".".join(str(part) for part in path[:2]), written)
        return Origin("code", setting.address, written.span) if written is not None else None


def settings_documents(module: Module) -> Iterator[SettingDocument]:
    """Everything the configuration of a module says of itself, told by the first of its instances."""
    directory, context = module.directory, module.context
    if directory.modelled or _DOWNLOADED in directory.path.split("/"):
        return
    if context.tellers.setdefault(directory.path, (module.root, module.address)) != (module.root, module.address):
        return
    for tell in (_settings, _calls, _providers, _variables, _outputs, _of_resources, _syntax):
        for setting in tell(module):
            yield SettingDocument(setting)


# -- terraform blocks --------------------------------------------------------------------------------------------------


def _settings(module: Module) -> Iterator[Setting]:
    directory = module.directory
    first = next(iter((*directory.settings, *directory.providers)), None)
    if first is None:
        return
    backend = next((block for one in directory.settings for block in one.body.of_type("backend") if block.labels), None)
    cloud = next((block for one in directory.settings for block in one.body.of_type("cloud")), None)
    is_root = module.parent is None and bool(directory.providers or backend or cloud)
    setting = Setting(module, "terraform_settings", "terraform", first, {"is_root": is_root})
    said = setting.attributes
    for block in directory.settings:
        _take(setting, block, "required_version", _plain)
        for required in block.body.of_type("required_providers"):
            setting.places.setdefault(
                "requirement", Written(required.text, (required.type, required.start, required.end))
            )
    said["requirement"] = [{"name": name, **entry} for name, entry in _required(module, setting)]
    said["backend"] = "cloud" if cloud else backend.labels[0] if backend else None
    if is_root:
        tree = module.context.tree
        said["lock_file"] = tree.exists(f"{directory.path}/{LOCK_FILE}" if directory.path else LOCK_FILE)
    yield setting
    if backend is not None:
        yield _backend(module, backend)


def _required(module: Module, setting: Setting) -> Iterator[tuple[str, dict[str, Any]]]:
    """(local name, source and version) of every provider that is required or configured."""
    directory = module.directory
    position = 0
    required: set[str] = set()
    for block in directory.settings:
        for listed in block.body.of_type("required_providers"):
            for name, item in listed.body.arguments.items():
                setting.places[f"requirement.{position}"] = Written(listed.body.text_of(name), item)
                position += 1
                required.add(name)
                yield name, _requirement(item[4])
    for block in directory.providers:
        name = block.labels[0]
        if name not in required:
            required.add(name)
            setting.places[f"requirement.{position}"] = Written(block.text, (block.type, block.start, block.head_end))
            position += 1
            version = block.body.value("version")
            yield name, {"version": _plain(version)} if version is not None else {}


def _requirement(node: Any) -> dict[str, Any]:
    """The entry of a provider: an object, or (before Terraform 0.13) the version alone."""
    if node[0] == "lit":
        return {"version": node[3]}
    found: dict[str, Any] = {}
    for key, value in node[3] if node[0] == "object" else ():
        if key[0] == "lit" and key[3] in ("source", "version"):
            found[key[3]] = value[3] if value[0] == "lit" else Unknown(Reason.NOT_EVALUATED, str(key[3]))
    return found


def _backend(module: Module, block: Block) -> Setting:
    type_ = block.labels[0]
    setting = Setting(module, "terraform_backend", f"terraform.backend.{type_}", block, {"type": type_})
    for name in ("bucket", "key", "encrypt", "kms_key_id", "use_lockfile", "dynamodb_table", "path"):
        _take(setting, block, name, _plain)
    _credentials(setting, block, CREDENTIALS.get(_BACKENDS.get(type_, ""), ()), _literal)
    return setting


# -- calls, providers, variables, outputs ------------------------------------------------------------------------------


def _calls(module: Module) -> Iterator[Setting]:
    for name, block in module.directory.modules.items():
        setting = Setting(module, "terraform_module_call", f"module.{name}.call", block, {"name": name})
        _take(setting, block, "source", _plain)
        _take(setting, block, "version", _plain)
        source = setting.attributes.get("source")
        if isinstance(source, str):
            setting.attributes |= {"form": form_of(source), "in_clear": is_in_clear(source)}
            if (ref := revision(source)) is not None:
                setting.attributes["ref"] = ref
            setting.places["ref"] = setting.places["form"] = setting.places["in_clear"] = setting.places["source"]
        yield setting


def _providers(module: Module) -> Iterator[Setting]:
    types = module.directory.provider_types
    for block in module.directory.providers:
        alias = block.body.value("alias")
        label = block.labels[0] if alias is None else f"{block.labels[0]}.{_plain(alias)}"
        type_ = types.get(block.labels[0], block.labels[0])
        said = {"name": label, "type": type_}
        setting = Setting(module, "terraform_provider", f"provider.{label}", block, said)
        names = CREDENTIALS.get(FAMILIES.get(type_, type_), ())
        _credentials(setting, block, names, lambda written: revealed(evaluated(written, module.env)))
        yield setting


def _variables(module: Module) -> Iterator[Setting]:
    for name, block in module.directory.variables.items():
        if not names_secret(name) and "sensitive" not in block.body.arguments:
            continue
        default = block.body.value("default")
        setting = Setting(module, "terraform_variable", f"var.{name}", block, {"name": name})
        # A default that is a place tells that the variable holds one, whatever its name.
        place = default is not None and default.node[0] == "lit" and str(default.node[3]).startswith(_PLACES)
        setting.attributes["secret_name"] = names_secret(name) and not place
        _take(setting, block, "sensitive", _plain)
        _take(setting, block, "ephemeral", _plain)
        _take(setting, block, "type", lambda written: written.source.strip())
        if default is not None:
            # The value itself is nobody's business.
            setting.attributes["holds_default"] = not place and _says_something(default)
            setting.places["holds_default"] = default
        yield setting


def _outputs(module: Module) -> Iterator[Setting]:
    for name, block in module.directory.outputs.items():
        value = block.body.value("value")
        shown = _secrets_in(value, module) if value is not None else []
        if not shown:
            continue
        setting = Setting(module, "terraform_output", f"output.{name}", block, {"name": name, "shows": shown})
        _take(setting, block, "sensitive", _plain)
        _take(setting, block, "ephemeral", _plain)
        if value is not None:
            setting.places["shows"] = value
        yield setting


def _secrets_in(value: Written, module: Module) -> list[str]:
    """The references of an expression that lead to a secret, as they are written."""
    found: dict[str, None] = {}
    for node in references(value.node):
        steps = [step for step in node[4] if isinstance(step, str)]
        if not steps:
            continue
        generated = node[3] in ("random_password", "tls_private_key") and steps[-1] in ("result", "private_key_pem")
        sealed = steps[-1].startswith(_SEALED)
        named = names_secret(steps[-1]) and not sealed and node[3] not in ("data", "each", "count", "path", "terraform")
        # The name of a resource is not its content: aws_x.secret is followed by what is read of it.
        if generated or (named and (node[3] in ("var", "local", "module") or len(steps) > 1)):
            found[value.text.content[node[1] : node[2]]] = None
    return list(found)


# -- resources ---------------------------------------------------------------------------------------------------------


def _of_resources(module: Module) -> Iterator[Setting]:
    for (type_, name), block in module.directory.resources.items():
        position = 0
        for inner in block.body.blocks:
            if inner.type == "provisioner" and inner.labels:
                address = f"{type_}.{name}.provisioner[{position}]"
                position += 1
                setting = Setting(module, "terraform_provisioner", address, inner, {"type": inner.labels[0]})
                setting.attributes["resource"] = f"{module.prefix}{type_}.{name}"
                _take(setting, inner, "when", lambda written: written.source.strip())
                yield setting
            elif inner.type == "lifecycle" and (ignored := inner.body.value("ignore_changes")) is not None:
                setting = Setting(module, "terraform_lifecycle", f"{type_}.{name}.lifecycle", inner, {})
                setting.attributes["resource"] = f"{module.prefix}{type_}.{name}"
                setting.attributes["ignores_all"] = ignored.source.strip().strip('"') == "all"
                setting.places["ignores_all"] = ignored
                yield setting


# -- syntax ------------------------------------------------------------------------------------------------------------


def _syntax(module: Module) -> Iterator[Setting]:
    """What a directory still says as Terraform before 0.12 wanted it: one document for all of it."""
    found = legacy(module.directory)
    if not found:
        return
    start, end = found[0].node[1:3]
    block = Block(found[0].text, ("block", start, end, "expression", (), None, end))
    setting = Setting(module, "terraform_syntax", "syntax", block, {"module": module.directory.path or "."})
    setting.attributes["legacy"] = [
        {
            "form": one.form,
            "written": mask(Written(one.text, one.node).source),
            # (what holds a credential is written anew by nobody but its owner)
            "plain": one.plain if one.plain is not None and mask(one.plain) == one.plain else None,
            "where": one.where,
        }
        for one in found
    ]
    for position, one in enumerate(found):
        setting.places[f"legacy.{position}"] = Written(one.text, one.node)
    setting.places["legacy"] = setting.places["legacy.0"]
    yield setting


# -- values ------------------------------------------------------------------------------------------------------------


def _take(setting: Setting, block: Block, name: str, read: Callable[[Written], Any]) -> None:
    """An argument of the block as an attribute, where it is written."""
    written = block.body.value(name)
    if written is not None:
        setting.attributes[name] = read(written)
        setting.places[name] = written


def _plain(written: Written) -> Any:
    """A literal; what is no literal is not evaluated: Terraform takes none in these places."""
    node = written.node
    if node[0] == "lit":
        return node[3]
    return Unknown(Reason.NOT_EVALUATED, written.source.strip()[:100])


def _literal(written: Written) -> Any:
    return written.node[3] if written.node[0] == "lit" else None


def _credentials(setting: Setting, block: Block, names: tuple[str, ...], read: Callable[[Written], Any]) -> None:
    """The arguments in which a credential is written out: their names, never their values."""
    found = []
    for name in names:
        written = block.body.value(name)
        if written is not None and isinstance(value := read(written), str) and value:
            found.append(name)
            setting.places.setdefault("hard_coded", written)
    if found:
        setting.attributes["hard_coded"] = found


def _says_something(written: Written) -> bool:
    """False for a default that stands for nothing: null, "", [] and {}."""
    node = written.node
    if node[0] == "lit":
        return node[3] not in (None, "")
    return not (node[0] in ("tuple", "object") and not node[3])
