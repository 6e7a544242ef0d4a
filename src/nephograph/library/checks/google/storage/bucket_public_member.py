"""Google Cloud Storage bucket that everybody is a member of.

## What
A binding gives `allUsers` or `allAuthenticatedUsers` a role on the bucket and public access prevention is not enforced. A member
that is a service account of this code is somebody, also before its address is known.

## Why
`allAuthenticatedUsers` is every Google account of the world, not of your organization.

## Bad
```hcl
resource "google_storage_bucket" "exports" {
  name     = "acme-exports"
  location = "EU"
}

resource "google_storage_bucket_iam_member" "public" {
  bucket = google_storage_bucket.exports.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}
```

## Good
```hcl
resource "google_storage_bucket" "exports" {
  name                     = "acme-exports"
  location                 = "EU"
  public_access_prevention = "enforced"
}

resource "google_storage_bucket_iam_member" "public" {
  bucket = google_storage_bucket.exports.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}
```

## Fix
Enforce public access prevention, or remove the binding.

## References
- https://cloud.google.com/storage/docs/public-access-prevention
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check, remove, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown, is_unknown
from nephograph.model.verdict import all_of, depends

_EVERYBODY = ("allUsers", "allAuthenticatedUsers")
_ACCOUNT = "google_service_account."


@check(
    kind="google_storage_bucket",
    severity=Severity.HIGH,
    topics=("public-exposure",),
    tools=("CKV_GCP_28", "AVD-GCP-0001"),
)
def bucket_public_member(bucket: Resource, facts: Facts) -> Iterator[Bad]:
    """A member is everybody and nothing prevents it."""
    prevention = test(
        bucket,
        "public_access_prevention",
        when=lambda value: value != "enforced",
        says="public access prevention is {value}",
    )
    members = bucket.get("members")
    for position, member in enumerate(
        members if isinstance(members, list) else [members] if members is not None else []
    ):
        path = ("members", position)
        if is_unknown(member):
            yield Bad(
                "a member of the bucket is not known",
                all_of((prevention, depends(str(member)))),
                path,
                severity=Severity.LOW,
            )
            continue
        who = member.get("member")
        if isinstance(who, Unknown) and (who.parts or (who.ref is not None and _ACCOUNT in who.ref.address)):
            continue  # somebody is named, who is not known yet
        grant = test(bucket, *path, "member", when=lambda who: who in _EVERYBODY, says="a member is {value}")
        verdict = all_of((prevention, grant))
        if verdict.possible:
            yield Bad(
                message=f"everybody holds {member.get('role')} on {bucket.label}",
                verdict=verdict,
                path=(*path, "member"),
                fix=remove(bucket, *path, title="remove the binding"),
                key=f"{member.get('role')}:{member.get('member')}",
            )
