"""KMS key that is never rotated.

## What
Yearly rotation of the key's material is off. Only symmetric encryption keys can rotate by themselves; others are quiet.

## Why
The longer one key material lives, the more ciphertext falls with it.

## Bad
```hcl
resource "aws_kms_key" "data" {
  description = "customer data"
}
```

## Good
```hcl
resource "aws_kms_key" "data" {
  description         = "customer data"
  enable_key_rotation = true
}
```

## Fix
Turn rotation on; old ciphertext stays readable.

## References
- https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of

_OWN_MATERIAL = ("EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE")
"""Origins of keys that KMS cannot rotate by itself, because it does not make their material.

https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
"""


@check(kind="aws_kms_key", severity=Severity.LOW, topics=("key-management",), tools=("CKV_AWS_7", "AVD-AWS-0065"))
def key_not_rotated(key: Resource, facts: Facts) -> Iterator[Bad]:
    """Rotation is off on a key that could rotate."""
    if key.get("origin") in _OWN_MATERIAL or key.get("manager") == "AWS":
        return  # (AWS rotates the keys it manages every year.)
    off = test(key, "rotation", when=lambda on: on is not True, says="rotation is {value}")
    able = test(key, "usage", when=lambda usage: usage in (None, "ENCRYPT_DECRYPT"), says="its usage is {value}")
    symmetric = test(key, "spec", when=lambda spec: spec in (None, "SYMMETRIC_DEFAULT"), says="its spec is {value}")
    yield from bad_if(
        all_of((off, able, symmetric)),
        "rotation",
        message=f"key {key.label} is never rotated",
        fix=set_field(key, True, "rotation", title="rotate the key every year"),
    )
