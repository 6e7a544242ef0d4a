"""What an instance, a launch template and a launch configuration say in the same words."""

import base64
import binascii
import re

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Reader, flag, group, items, number, reference, text
from nephograph.catalog.readers import says
from nephograph.model.value import Reason, Unknown

_NOT_TEXT = "user_data_base64 is not text"
_SNAPSHOT = Unknown(Reason.NOT_SEEN, "what the snapshot says")
_HASH = re.compile(r"[0-9a-f]{40}")


def metadata_options() -> Field:
    """How the instance metadata service answers."""
    return group(
        tokens=text(default="optional", since="unless the AMI or the account asks for required"),
        endpoint=text(default="enabled"),
        hop_limit=number(default=1),
    )


def launch_volumes() -> Field:
    """The volumes that are made with an instance: `use` is root or data, "" where only the image knows."""
    return items(
        use=text(),
        device=text(),
        encrypted=flag(default=False, since="unless the account encrypts volumes by default"),
        kms_key=reference("aws_kms_key"),
        size=number(),
        type=text(),
    )


def said_metadata(options: Cursor, tokens: str, endpoint: str, hop_limit: str) -> dict[str, Tree]:
    """A block of metadata options, by the names a dialect has for them."""
    return {"tokens": options.at(tokens), "endpoint": options.at(endpoint), "hop_limit": options.at(hop_limit)}


def decoded(encoded: Cursor, why: str = _NOT_TEXT) -> Cursor:
    """Base64 of a text as that text; what is not text (gzip) is not evaluated."""
    if not isinstance(encoded.value, str) or not says(encoded):
        return encoded
    try:
        return encoded.be(base64.b64decode(encoded.value, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return encoded.be(Unknown(Reason.NOT_EVALUATED, why))


def decoded_or_plain(written: Cursor) -> Cursor:
    """Base64 or, where a language writes the text itself and encodes it later, that text."""
    if not isinstance(written.value, str) or not says(written):
        return written
    try:
        return written.be(base64.b64decode(written.value, validate=True).decode())
    except (binascii.Error, ValueError):
        return written


def user_data(document: Cursor) -> Tree:
    """Terraform: the text the machine starts with, plain or encoded. Until provider v6 a state holds its SHA-1."""
    plain, encoded = document.at("user_data"), document.at("user_data_base64")
    if isinstance(plain.value, str) and _HASH.fullmatch(plain.value):
        return plain.be(Unknown(Reason.NOT_SEEN, "user_data: only its hash is kept"))
    if says(plain) or encoded.unknown or not isinstance(encoded.value, str):
        return plain if says(plain) else encoded
    return decoded(encoded)


def block_volume(block: Cursor, use: str = "", key: str = "kms_key_id") -> Tree:
    """Terraform: `root_block_device`, `ebs_block_device` of an instance. `key` is "" where no key can be named."""
    if block.unknown:
        return block
    about: dict[str, Tree] = {
        "device": block.at("device_name"),
        "encrypted": _encrypted(block.at("encrypted"), block.at("snapshot_id")),
        "kms_key": block.at(key) if key else None,
        "size": block.at("volume_size"),
        "type": block.at("volume_type"),
        "snapshot": block.at("snapshot_id"),
    }
    return {"use": block.be(use), **about} if use else about


def mapped_volumes(mappings: Cursor, key: str = "KmsKeyId") -> Tree:
    """CloudFormation and the API: block device mappings that make a volume (not those of instance stores)."""
    found: list[Tree] = []
    for mapping in mappings.each():
        ebs = mapping.at("Ebs")
        if mapping.unknown or ebs.unknown:
            found.append(mapping if mapping.unknown else ebs)
        elif ebs.present:
            found.append(
                {
                    "device": mapping.at("DeviceName"),
                    "encrypted": _encrypted(ebs.at("Encrypted"), ebs.at("SnapshotId")),
                    "kms_key": ebs.at(key) if key else None,
                    "size": ebs.at("VolumeSize"),
                    "type": ebs.at("VolumeType"),
                    "snapshot": ebs.at("SnapshotId"),
                }
            )
    return found or None


def _encrypted(said: Cursor, snapshot: Cursor) -> Cursor:
    """A volume made from an encrypted snapshot is encrypted."""
    return snapshot.be(_SNAPSHOT) if not says(said) and says(snapshot) else said


def first_interface(interfaces: Cursor, index: str) -> Cursor:
    """The block of the interface that the instance starts with."""
    blocks = list(interfaces.each())
    first = (block for block in blocks if str(block.at(index).value) == "0")
    return next(first, blocks[0] if blocks else Cursor(None, interfaces.path))


def name_in_arn(said: Cursor) -> Cursor:
    """The name at the end of an ARN: by it the other dialects refer to the same thing."""
    if isinstance(said.value, str) and said.value.startswith("arn:"):
        return said.be(said.value.rpartition("/")[2])
    return said


def uuid_in_arn(name: str) -> Reader:
    """The id that Auto Scaling puts into the ARN of what it holds."""

    def read(document: Cursor) -> Tree:
        said = document.at(name)
        parts = said.value.split(":") if isinstance(said.value, str) else []
        return said.be(parts[6]) if len(parts) > 7 else None

    return read
