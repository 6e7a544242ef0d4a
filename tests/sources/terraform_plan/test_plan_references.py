"""Unknown values as references: through keys, counts, modules and blocks; and where a plan does not tell."""

import pathlib

import pytest

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.terraform_plan import SOURCE
from nephograph.sources.terraform_plan.configuration import Configuration, address_of, references
from nephograph.sources.terraform_plan.references import Resolver
from tests.support.loading import by_address, load, load_json
from tests.support.plans import block, change, plan, refers

DATA = pathlib.Path(__file__).parent / "data"


def after(*path):
    *address, attribute = path
    return Unknown(Reason.AFTER_APPLY, ref=Ref(address[0], (attribute,) if attribute else ()))


def one(tmp_path, expression, *, name="subnet_id", type_="aws_instance", others=(), unknown=True, **more):
    """What an unknown attribute of `<type>.it` reads as when this expression makes it."""
    body = block(f"{type_}.it")
    body["expressions"][name] = expression
    changes = [change(f"{type_}.it", {}, unknown={name: unknown}), *(change(other, {}) for other in others)]
    loaded = load_json(SOURCE, tmp_path, plan(*changes, root={"resources": [body], **more}))
    return by_address(loaded)[f"{type_}.it"].attributes.get(name)


def test_a_lone_reference_is_the_value(tmp_path):
    assert one(tmp_path, refers("aws_subnet.a.id"), others=["aws_subnet.a"]) == after("aws_subnet.a", "id")


def test_a_variable_beside_it_decides_nothing(tmp_path):
    """`var.create ? aws_subnet.a[0].id : null`: a variable of the root is known, so the unknown is the subnet's."""
    said = one(tmp_path, refers(["var.create", "aws_subnet.a[0].id"]), others=["aws_subnet.a[0]"])
    assert said == after("aws_subnet.a[0]", "id")


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("policy", "aws_s3_bucket.b.arn"),
        ("user_data", "aws_s3_bucket.b.id"),
        ("bucket", "random_id.r.hex"),
        ("source_arn", "aws_api_gateway_rest_api.a.execution_arn"),
    ],
)
def test_a_piece_of_a_text_is_not_the_text(tmp_path, name, reference):
    """`"${x.hex}-logs"` and `x.hex` look the same in a plan: such attributes stay unknown, each for itself."""
    said = one(tmp_path, refers(reference), name=name, type_="aws_s3_bucket", others=[reference.rpartition(".")[0]])
    assert said == Unknown(Reason.AFTER_APPLY, f"aws_s3_bucket.it.{name}, from {reference}")


@pytest.mark.parametrize(
    ("named", "is_one"),
    [(["aws_lb.a.dns_name"], True), (["aws_lb.a.name"], False), (["aws_lb.a.dns_name", "var.prefix"], False)],
)
def test_the_name_in_a_block_is_that_by_which_another_thing_is_called(tmp_path, named, is_one):
    """A record's alias is a balancer's DNS name; another attribute, or a text made of several, is not taken for it."""
    body = block("aws_route53_record.r")
    body["expressions"]["alias"] = [{"name": refers(named)}]
    changes = [
        change("aws_route53_record.r", {"alias": [{}]}, unknown={"alias": [{"name": True}]}),
        change("aws_lb.a", {}),
    ]
    loaded = load_json(SOURCE, tmp_path, plan(*changes, root={"resources": [body]}))
    said = by_address(loaded)["aws_route53_record.r"].attributes["alias"][0]["name"]
    assert (said == after("aws_lb.a", "dns_name")) is is_one
    assert isinstance(said, Unknown)


def test_two_references_are_no_value_and_two_unknowns_are_not_equal(tmp_path):
    both = refers(["aws_subnet.a.id", "aws_subnet.b.id"])
    said = one(tmp_path, both, others=["aws_subnet.a", "aws_subnet.b"])
    assert said.ref is None
    assert said.symbol == "⟨aws_instance.it.subnet_id, from aws_subnet.a.id, aws_subnet.b.id⟩"


def test_a_set_is_the_list_of_what_is_named(tmp_path):
    others = ["aws_security_group.a", "aws_security_group.b"]
    name = "vpc_security_group_ids"
    said = one(tmp_path, refers([f"{other}.id" for other in others]), name=name, others=others)
    assert said == [after(other, "id") for other in others]
    assert one(tmp_path, refers("aws_security_group.a.id"), name=name, others=others) == [after(others[0], "id")]


def test_a_list_keeps_its_order_and_what_is_known(tmp_path):
    others = ["aws_subnet.a", "aws_subnet.b"]
    body = block("aws_lb.it", subnets=[f"{other}.id" for other in others])
    changes = [
        change("aws_lb.it", {"subnets": [None, "subnet-1", None]}, unknown={"subnets": [True, False, True]}),
        *(change(other, {}) for other in others),
    ]
    loaded = load_json(SOURCE, tmp_path, plan(*changes, root={"resources": [body]}))
    said = by_address(loaded)["aws_lb.it"].attributes["subnets"]
    assert said == [after("aws_subnet.a", "id"), "subnet-1", after("aws_subnet.b", "id")]


def test_a_splat_is_every_instance(tmp_path):
    others = ["aws_subnet.a[0]", "aws_subnet.a[1]"]
    said = one(tmp_path, refers("aws_subnet.a"), name="subnet_ids", others=others)
    assert said == [after(other, "") for other in others]


def test_keys_and_counts_choose_the_same_instance(tmp_path):
    keyed = block("aws_route.r", subnet_id=["aws_subnet.s", "each.key"])
    counted = block("aws_eip.e", instance_id=["aws_instance.i", "count.index"])
    absent = block("aws_eip.f", instance_id=["aws_instance.i", "count.index"])
    changes = [
        *(change(f'aws_subnet.s["{key}"]', {}) for key in "ab"),
        *(change(f"aws_instance.i[{key}]", {}) for key in range(2)),
        change('aws_route.r["b"]', {}, unknown={"subnet_id": True}),
        change("aws_eip.e[1]", {}, unknown={"instance_id": True}),
        change("aws_eip.f[7]", {}, unknown={"instance_id": True}),
    ]
    found = by_address(load_json(SOURCE, tmp_path, plan(*changes, root={"resources": [keyed, counted, absent]})))
    assert found['aws_route.r["b"]'].attributes["subnet_id"] == after('aws_subnet.s["b"]', "")
    assert found["aws_eip.e[1]"].attributes["instance_id"] == after("aws_instance.i[1]", "")
    said = found["aws_eip.f[7]"].attributes["instance_id"]
    assert (said.ref, said.detail) == (None, "aws_eip.f[7].instance_id, from aws_instance.i, count.index")


def test_members_of_blocks_are_what_they_speak_of(tmp_path):
    """Blocks of an attribute have one expression: a gateway id is that of the one gateway it names."""
    names = ["aws_nat_gateway.n.id", "aws_vpc_peering_connection.p.id", "var.cidr"]
    routes = [{"cidr_block": "0.0.0.0/0"}, {"cidr_block": "10.0.0.0/8"}]
    unknown = {"route": [{"nat_gateway_id": True}, {"vpc_peering_connection_id": True}]}
    changes = [
        change("aws_route_table.it", {"route": routes}, unknown=unknown),
        change("aws_nat_gateway.n", {}),
        change("aws_vpc_peering_connection.p", {}),
    ]
    root = {"resources": [block("aws_route_table.it", route=names)]}
    said = by_address(load_json(SOURCE, tmp_path, plan(*changes, root=root)))["aws_route_table.it"].attributes["route"]
    assert said == [
        {"cidr_block": "0.0.0.0/0", "nat_gateway_id": after("aws_nat_gateway.n", "id")},
        {"cidr_block": "10.0.0.0/8", "vpc_peering_connection_id": after("aws_vpc_peering_connection.p", "id")},
    ]


def test_blocks_of_a_set_find_their_expressions_by_what_is_constant(tmp_path):
    written = [
        {"target": refers("aws_subnet.a.id"), "kind": {"constant_value": "x"}},
        {"target": refers("aws_subnet.b.id"), "kind": {"constant_value": "y"}},
    ]
    body = block("aws_thing.it")
    body["expressions"]["mapping"] = written
    changes = [
        # A set has an order of its own.
        change(
            "aws_thing.it",
            {"mapping": [{"kind": "y"}, {"kind": "x"}]},
            unknown={"mapping": [{"target": True, "id": True}, {"target": True, "id": True}]},
        ),
        change("aws_subnet.a", {}),
        change("aws_subnet.b", {}),
    ]
    loaded = load_json(SOURCE, tmp_path, plan(*changes, root={"resources": [body]}))
    said = by_address(loaded)["aws_thing.it"].attributes["mapping"]
    assert said == [
        {"kind": "y", "target": after("aws_subnet.b", "id")},
        {"kind": "x", "target": after("aws_subnet.a", "id")},
    ]


def test_what_a_dynamic_block_makes_stays_unknown(tmp_path):
    changes = [change("aws_thing.it", {"rule": [{"port": 22}]}, unknown={"rule": [{"group": True, "id": True}]})]
    root = {"resources": [block("aws_thing.it")]}
    (document,) = load_json(SOURCE, tmp_path, plan(*changes, root=root)).documents
    unknown = Unknown(Reason.AFTER_APPLY, "aws_thing.it.rule[0].group")
    assert document.attributes["rule"] == [{"port": 22, "group": unknown}]


def test_a_data_source_that_is_read_later_is_named(tmp_path):
    said = one(tmp_path, refers("data.aws_ami.a.id"), name="ami_id")
    assert said == Unknown(Reason.DATA_SOURCE, ref=Ref("data.aws_ami.a", ("id",)))


def test_taking_a_reference_for_the_value_is_said_where_it_matters(tmp_path):
    def assumptions(reference):
        changes = [change("aws_kms_key.k", {}), change("aws_x.it", {}, unknown={"kms_key_arn": True})]
        root = {"resources": [block("aws_x.it", kms_key_arn=reference)]}
        return load_json(SOURCE, tmp_path, plan(*changes, root=root)).assumptions

    assert assumptions("aws_kms_key.k.id") == []
    (sentence,) = assumptions("aws_kms_key.k.arn")
    assert sentence.startswith("1 unknown attributes of plan.json are taken to be exactly the attribute")


class Recorded:
    """A plan that the real command wrote: what its expressions name, followed."""

    def __init__(self, path):
        import json

        self.data = json.loads(path.read_text())
        self.configuration = Configuration(self.data["configuration"], self.data["variables"])
        self.addresses = [address_of(one["address"]) for one in self.data["resource_changes"]]
        self.resolver = Resolver(self.configuration, self.addresses)

    def named(self, address, attribute):
        parts = address_of(address)
        body = self.configuration.block(parts)
        found = self.resolver.named(body["expressions"][attribute], parts.calls, parts.key, body)
        return {str(leaf.ref) for leaf in found.leaves}, found.lost


NAMED = [
    ("terraform_data.b[0]", "input", {'terraform_data.a["x"].id', 'terraform_data.a["y.z"].output'}, False),
    ("terraform_data.cnt[1]", "input", {"terraform_data.b[1]"}, False),
    ('terraform_data.each["y.z"]', "input", {'terraform_data.a["y.z"].id'}, False),
    ("terraform_data.t", "input", {'module.m["p"].module.deep.terraform_data.deep.id'}, False),
    # A local value is not in a plan.
    ("terraform_data.t", "triggers_replace", {'module.m["q"].module.deep.terraform_data.deep.id'}, True),
    ('module.m["p"].terraform_data.inner', "input", {'terraform_data.a["x"].id'}, False),
    ('module.m["q"].module.deep.terraform_data.deep', "input", {'terraform_data.a["x"].id'}, False),
    (
        'module.m["q"].terraform_data.inner',
        "triggers_replace",
        {'terraform_data.a["x"]', "terraform_data.b[0].id"},
        False,
    ),
    ("terraform_data.s", "input", set(), False),
]


@pytest.mark.parametrize(("address", "attribute", "names", "lost"), NAMED)
def test_references_of_a_recorded_plan_lead_through_modules(address, attribute, names, lost):
    assert Recorded(DATA / "builtin.json").named(address, attribute) == (names, lost)


def test_a_recorded_plan_loads_whole():
    loaded = load(SOURCE, DATA / "builtin.json")
    assert (loaded.problems, loaded.gaps, loaded.seen) == ([], [], 14)
    found = by_address(loaded)
    assert found['terraform_data.a["y.z"]'].attributes == {"input": "y.z"}
    assert found["terraform_data.s"].attributes == {"input": Unknown(Reason.SENSITIVE, "input")}
    assert "hush" not in repr(loaded.documents)


def test_references_come_longest_first():
    said = {"references": ["a.b[0].id", "a.b[0]", "a.b", "var.x", "a.b", "count.index"]}
    assert references(said) == ["a.b[0].id", "var.x", "a.b", "count.index"]
