"""EC2 key pair: the public half of a key that machines are entered with."""

from nephograph.catalog.language import Kind, Spelling, mapping, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::EC2::KeyPair",
    service="ec2",
    cls=Class.GENERIC,
    identity=("name",),
    arn="arn:{partition}:ec2:{region}:{account}:key-pair/{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "key_id": text(),
        "type": text(default="rsa"),
        "fingerprint": text(),
        "created": text(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_key_pair",
            {
                "name": "key_name",
                "key_id": "key_pair_id",
                "type": "key_type",
                "fingerprint": "fingerprint",
                "tags": "tags",
            },
            computed={"key_name": "{name}", "key_pair_id": "{key_id}"},
            ignores=("key_name_prefix", "public_key"),
        ),
        Spelling(
            "cloudformation",
            "AWS::EC2::KeyPair",
            {"name": "KeyName", "type": "KeyType", "tags": tags("Tags")},
            computed={"KeyPairId": "{key_id}"},
            ignores=("KeyFormat", "PublicKeyMaterial"),
        ),
        Spelling(
            "api",
            "ec2:DescribeKeyPairs",
            {
                "name": "KeyName",
                "key_id": "KeyPairId",
                "type": "KeyType",
                "fingerprint": "KeyFingerprint",
                "created": "CreateTime",
                "tags": tags("Tags"),
            },
            items="KeyPairs.*",
            key="KeyName",
            ignores=("PublicKey",),
        ),
    ),
)
