"""What is needed whatever the kind: the subnet it stands in, the network, the role it runs as, the key of its data."""

from nephograph.library.dependencies.declare import EVERY_KIND, WAY_OUT, need

NEEDS = (
    need(EVERY_KIND, "every", "runs_as", says="it runs as it"),
    need(EVERY_KIND, "every", "started_as", says="it is started as it"),
    need(
        EVERY_KIND,
        "every",
        "encrypted_by",
        says="its data is encrypted by it",
        reference="https://docs.aws.amazon.com/kms/latest/developerguide/unusable-kms-keys.html",
    ),
    need(EVERY_KIND, "every", "in_network", says="it is in it"),
    need(EVERY_KIND, "every", "in_cluster", says="it is in it"),
    need(EVERY_KIND, "every", "uses_certificate", says="it answers with it"),
    need(EVERY_KIND, "every", "mounts", says="it mounts it"),
    need(EVERY_KIND, "any", "in_subnet", says="it stands in it"),
    need(EVERY_KIND, "any", "in_subnet", says="it stands in it", aspect=WAY_OUT, theirs=WAY_OUT),
)
