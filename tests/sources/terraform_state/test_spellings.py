"""The sample estates as code, plan and state: one set of kinds, scopes, edges and normal forms."""

import pathlib
import tempfile

import msgspec
import pytest

from nephograph.estate.build import build
from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform_plan import SOURCE as PLAN
from nephograph.sources.terraform_state import SOURCE as STATE
from tests.support.loading import load
from tests.support.spellings import Names, hcl, write_spellings

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ("tiny", "shop")

# What a plan does not hold: the text that an expression makes of unknown pieces.
TEXTS = {"document", "encryption", "inline_policies", "policy", "trust_policy", "user_data", "alias"}

# Whether the code holds a password is not for a plan or a state to say: both hold it, wherever it comes from.
NOT_SAID = {"password_in_code", "versions"}


class Both(msgspec.Struct):
    """One example in two spellings: resources by the address that the other spelling has."""

    hcl: dict
    other: dict
    edges: set
    other_edges: set
    gaps: list
    names: Names
    loaded: object


def edges(built, addresses):
    where = built.estate.resources
    found = set()
    for edge in built.estate.edges:
        source, target = (where[urn].address for urn in (edge.source, edge.target))
        found.add((edge.kind, addresses.get(source, source), addresses.get(target, target)))
    return found


@pytest.fixture(scope="module", params=[(e, s) for e in EXAMPLES for s in ("plan", "state", "shown")], ids="-".join)
def both(request):
    example, spelling = request.param
    loaded, built = hcl(ROOT / "examples" / example)
    with tempfile.TemporaryDirectory() as directory:
        path, addresses = write_spellings(ROOT / "examples" / example, pathlib.Path(directory))[spelling]
        source = PLAN if spelling == "plan" else STATE
        assert source.recognises(path)
        again = load(source, path)
    other = build([again])
    before = {(gap.kind, gap.subject) for gap in built.gaps}
    return Both(
        hcl={addresses[one.address]: one for one in built.estate.resources.values()},
        other={one.address: one for one in other.estate.resources.values()},
        edges=edges(built, addresses),
        other_edges=edges(other, {}),
        gaps=[gap for gap in other.gaps if (gap.kind, gap.subject) not in before],
        names=Names(loaded, built),
        loaded=again,
    )


def is_plan(both):
    return both.loaded.said == "plan"


def test_nothing_is_lost_on_the_way(both):
    assert (both.loaded.problems, both.loaded.gaps) == ([], [])
    assert both.loaded.seen == len(both.loaded.documents)
    # A secret's ARN ends in what is made at creation: that a state knows it does not reach its versions yet.
    assert {(gap.kind, gap.subject) for gap in both.gaps} <= {
        ("part-without-owner", "module.database.aws_secretsmanager_secret_version.orders")
    }


def test_the_same_kinds_at_the_same_addresses(both):
    assert {a: r.kind for a, r in both.hcl.items()} == {a: r.kind for a, r in both.other.items()}


def test_the_same_accounts_and_regions(both):
    differ = {}
    for address, one in both.hcl.items():
        if both.other[address].scope != one.scope:
            differ[address] = one.kind
    # A state as JSON does not tell the configurations of a provider apart, and S3's ARNs have no account.
    is_shown = both.loaded.said == "state" and differ
    allowed = {"aws_s3_bucket", "aws_s3_account_public_access_block", "aws_route53_record"} if is_shown else set()
    assert set(differ.values()) <= allowed


def test_the_same_edges(both):
    assert both.other_edges <= both.edges
    # A resource of a kind that the catalog does not know is linked by references, and a state holds none.
    unknown = {edge for edge in both.edges if edge[0] == "refers_to" and not is_plan(both)}
    missing = both.edges - both.other_edges - unknown
    # Which bucket a balancer logs to needs the account of the bucket, which a state as JSON may not know.
    assert {kind for kind, _, _ in missing} <= ({"logs_to"} if not is_plan(both) else set())


def plain(value):
    """References by what they name: a plan may not know which attribute of it."""
    if isinstance(value, Unknown):
        if value.ref is not None:
            return Ref(value.ref.address)
        return Unknown(value.reason, "", None, tuple(plain(part) for part in value.parts))
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def holds_unknown(value):
    if isinstance(value, dict):
        return any(map(holds_unknown, value.values()))
    if isinstance(value, list):
        return any(map(holds_unknown, value))
    return isinstance(value, Unknown) and value.reason is Reason.AFTER_APPLY


def test_the_same_normal_forms(both):
    differ = []
    for address, one in both.hcl.items():
        other = both.other[address]
        for field in sorted(one.config.keys() | other.config.keys()):
            said, held = one.config.get(field), other.config.get(field)
            if field in NOT_SAID:
                continue
            if is_plan(both):
                # What a plan does not know is unknown there, never absent and never something else.
                if plain(said) != plain(held) and not (field in TEXTS and holds_unknown(held)):
                    differ.append((address, field, said, held))
            elif said is not None and both.names.known(said) != held:
                # A state may know more than the code: fields that code leaves to the cloud.
                differ.append((address, field, both.names.known(said), held))
    assert differ == []


def test_no_field_is_decided_where_the_code_leaves_it_open(both):
    """A plan knows nothing of a new resource that its code does not say."""
    if is_plan(both):
        for address, one in both.hcl.items():
            assert both.other[address].config.keys() <= one.config.keys()
