"""Exposure through balancers, of databases and of functions: each test is a row of docs/semantics/network.md."""

from __future__ import annotations

from typing import Any

import pytest
from network_estates import allow, estate, public_web

from nephograph.engines.network.network import Network
from nephograph.model.facts import Exposure
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import Verdict

Things = dict[str, dict[str, Any]]
EVERYBODY = ("0.0.0.0/0",)


def exposed(things: Things, key: str, **more: Any) -> list[Exposure]:
    built = estate(things, **more)
    return Network(built).exposed(built.resources[key])


def why_not(things: Things, key: str) -> Verdict:
    built = estate(things)
    return Network(built).why_not(built.resources[key])


def brief(found: list[Exposure]) -> list[tuple[str, tuple[str, ...], str]]:
    return [(str(e.ports), e.sources, e.verdict.answer) for e in found]


def unknown(what: str) -> Unknown:
    return Unknown(Reason.NO_VALUE, what)


def shop() -> Things:
    """A private instance behind a public application load balancer."""
    things = public_web()
    del things["aws_instance.web"]
    things["aws_subnet.front"]["public_ip_on_launch"] = False
    things["aws_subnet.back"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.2.0/24"}
    things["aws_security_group.lb"] = {
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 443, 443, cidr="0.0.0.0/0")],
        "egress": [allow("all", 0, 65535, cidr="0.0.0.0/0")],
    }
    things["aws_security_group.app"] = {
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 8080, 8080, group="@aws_security_group.lb")],
    }
    things["aws_instance.app"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.app"]}
    things["aws_lb.shop"] = {
        "scheme": "internet-facing",
        "type": "application",
        "subnets": ["@aws_subnet.front"],
        "security_groups": ["@aws_security_group.lb"],
    }
    things["aws_lb_target_group.app"] = {
        "vpc": "@aws_vpc.main",
        "port": 8080,
        "protocol": "HTTP",
        "target_type": "instance",
        "targets": [{"target": "@aws_instance.app"}],
    }
    things["aws_lb_listener.https"] = {
        "load_balancer": "@aws_lb.shop",
        "port": 443,
        "protocol": "HTTPS",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.app"}],
    }
    return things


def test_a_target_is_reached_on_the_port_of_the_listener() -> None:
    (found,) = exposed(shop(), "aws_instance.app")
    assert brief([found]) == [("tcp/443", EVERYBODY, "yes")]
    assert found.door == "aws_lb.shop"
    texts = [e.text for e in found.verdict.because]
    assert texts == [
        "load balancer shop faces the internet",
        "route table public sends 0.0.0.0/0 to internet gateway igw",
        "security group lb lets in tcp/443 from 0.0.0.0/0",
        "shop listens on tcp port 443",
        "security group lb lets out all traffic to 0.0.0.0/0",
        "security group app lets in tcp/8080 from lb",
        "app sends what arrives to app",
    ]


def test_the_balancer_itself_is_reached_on_its_listeners() -> None:
    things = shop()
    things["aws_security_group.lb"]["ingress"].append(allow("tcp", 22, 22, cidr="0.0.0.0/0"))
    assert brief(exposed(things, "aws_lb.shop")) == [("tcp/443", EVERYBODY, "yes")]


def test_an_internal_balancer_is_quiet() -> None:
    things = shop()
    things["aws_lb.shop"]["scheme"] = "internal"
    assert exposed(things, "aws_instance.app") == []
    assert "load balancer shop is internal" in [e.text for e in why_not(things, "aws_instance.app").because]


def test_a_listener_on_a_port_the_group_does_not_let_in_is_quiet() -> None:
    things = shop()
    things["aws_lb_listener.https"]["port"] = 8443
    assert exposed(things, "aws_instance.app") == []


def test_the_balancer_has_to_sit_in_a_routed_subnet() -> None:
    things = shop()
    things["aws_lb.shop"]["subnets"] = ["@aws_subnet.back"]
    assert exposed(things, "aws_instance.app") == []


def test_one_routed_subnet_is_enough() -> None:
    things = shop()
    things["aws_lb.shop"]["subnets"] = ["@aws_subnet.back", "@aws_subnet.front"]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]


def test_the_target_has_to_let_the_balancer_in() -> None:
    things = shop()
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 9090, 9090, group="@aws_security_group.lb")]
    assert exposed(things, "aws_instance.app") == []
    reasons = [e.text for e in why_not(things, "aws_instance.app").because]
    assert "the groups between shop and app do not let tcp/8080 through" in reasons


@pytest.mark.parametrize(
    ("cidr", "answer"),
    [("10.0.1.0/24", "yes"), ("10.0.0.0/8", "yes"), ("10.0.1.0/25", "depends"), ("10.0.2.0/24", None)],
)
def test_the_target_may_let_in_the_subnet_of_the_balancer(cidr: str, answer: str | None) -> None:
    things = shop()
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 8080, 8080, cidr=cidr)]
    assert [e.verdict.answer for e in exposed(things, "aws_instance.app")] == ([answer] if answer else [])


def test_the_groups_of_the_balancer_have_to_let_it_call() -> None:
    things = shop()
    things["aws_security_group.lb"]["egress"] = []
    assert exposed(things, "aws_instance.app") == []
    things["aws_security_group.lb"]["egress"] = [allow("tcp", 8080, 8080, group="@aws_security_group.app")]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]


def test_a_registration_may_name_its_own_port() -> None:
    things = shop()
    things["aws_lb_target_group.app"]["targets"] = [{"target": "@aws_instance.app", "port": 9090}]
    assert exposed(things, "aws_instance.app") == []


def test_a_rule_forwards_when_a_client_can_meet_its_conditions() -> None:
    things = shop()
    things["aws_lb_listener.https"]["actions"] = [{"type": "fixed-response"}]
    assert exposed(things, "aws_instance.app") == []
    rule: dict[str, Any] = {
        "listener": "@aws_lb_listener.https",
        "conditions": [{"field": "path_pattern", "values": ["/app/*"]}],
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.app"}],
    }
    things["aws_lb_listener_rule.app"] = rule
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]
    rule["conditions"] = [{"field": "source_ip", "values": ["203.0.113.0/24"]}]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", ("203.0.113.0/24",), "yes")]
    rule["conditions"] = [{"field": "http_header"}]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "depends")]


def test_a_sign_in_before_the_target_leaves_it_open() -> None:
    things = shop()
    things["aws_lb_listener.https"]["actions"].insert(0, {"type": "authenticate-oidc"})
    (found,) = exposed(things, "aws_instance.app")
    assert found.verdict.depends_on == ("a sign-in (authenticate-oidc) at https",)


def test_an_acl_between_balancer_and_target_counts() -> None:
    things = shop()
    inside = allow("tcp", 0, 65535, cidr="10.0.0.0/16")
    things["aws_network_acl.back"] = {
        "vpc": "@aws_vpc.main",
        "subnets": [{"subnet": "@aws_subnet.back"}],
        "ingress": [{**inside, "number": 1, "action": "allow"}],
        "egress": [{**inside, "number": 1, "action": "allow"}],
    }
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]
    things["aws_network_acl.back"]["egress"] = []
    assert exposed(things, "aws_instance.app") == []


def network_balancer() -> Things:
    things = shop()
    things["aws_lb.shop"].update(type="network", security_groups=[])
    things["aws_lb_target_group.app"].update(protocol="TCP")
    things["aws_lb_listener.https"].update(protocol="TCP")
    return things


def test_a_network_balancer_without_groups_keeps_the_address_of_the_client() -> None:
    things = network_balancer()
    assert exposed(things, "aws_instance.app") == []
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 8080, 8080, cidr="203.0.113.0/24")]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", ("203.0.113.0/24",), "yes")]


def test_a_network_balancer_with_a_group_is_let_in_by_its_group() -> None:
    things = network_balancer()
    things["aws_lb.shop"]["security_groups"] = ["@aws_security_group.lb"]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]


def test_a_listener_of_two_protocols_passes_on_each_by_itself() -> None:
    things = network_balancer()
    things["aws_lb_listener.https"]["protocol"] = "TCP_UDP"
    things["aws_lb_target_group.app"]["protocol"] = "TCP_UDP"
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 8080, 8080, cidr="0.0.0.0/0")]
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]


def test_addresses_as_targets_see_the_network_balancer() -> None:
    things = network_balancer()
    things["aws_network_interface.nic"] = {
        "subnet": "@aws_subnet.back",
        "security_groups": ["@aws_security_group.app"],
    }
    things["aws_lb_target_group.app"].update(target_type="ip", targets=[{"target": "@aws_network_interface.nic"}])
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 8080, 8080, cidr="10.0.1.0/24")]
    assert brief(exposed(things, "aws_network_interface.nic")) == [("tcp/443", EVERYBODY, "yes")]


def test_a_function_behind_a_balancer_has_to_permit_it() -> None:
    things = shop()
    things["aws_lambda_function.f"] = {}
    things["aws_lb_target_group.app"].update(target_type="lambda", targets=[{"target": "@aws_lambda_function.f"}])
    assert exposed(things, "aws_lambda_function.f") == []
    things["aws_lambda_function.f"]["permissions"] = [
        {"action": "lambda:InvokeFunction", "principal": "elasticloadbalancing.amazonaws.com"}
    ]
    assert brief(exposed(things, "aws_lambda_function.f")) == [("tcp/443", EVERYBODY, "yes")]


def test_a_permission_may_be_for_another_target_group() -> None:
    things = shop()
    things["aws_lb_target_group.app"].update(target_type="lambda", targets=[{"target": "@aws_lambda_function.f"}])
    let = {"action": "lambda:InvokeFunction", "principal": "elasticloadbalancing.amazonaws.com"}
    for limit, verdicts in (
        ({"source_account": "999999999999"}, []),
        ({"organization": "o-1"}, []),
        ({"source_arn": unknown("data.aws_lb_target_group.other.arn")}, ["depends"]),
        ({"source_arn": "*"}, ["yes"]),
    ):
        things["aws_lambda_function.f"] = {"permissions": [{**let, **limit}]}
        assert [e.verdict.answer for e in exposed(things, "aws_lambda_function.f")] == verdicts


def test_a_listener_whose_balancer_is_not_in_the_data_depends() -> None:
    things = shop()
    things["aws_lb_listener.https"]["load_balancer"] = unknown("data.aws_lb.shared")
    (found,) = exposed(things, "aws_instance.app")
    assert found.verdict.answer == "depends"
    assert "data.aws_lb.shared" in found.verdict.depends_on[0]


def test_a_balancer_behind_a_balancer_is_reached_where_it_listens() -> None:
    things = network_balancer()
    things["aws_security_group.inner"] = {
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 8080, 8080, cidr="203.0.113.0/24")],
        "egress": [allow("all", 0, 65535, cidr="0.0.0.0/0")],
    }
    things["aws_lb.inner"] = {
        "scheme": "internal",
        "type": "application",
        "subnets": ["@aws_subnet.back"],
        "security_groups": ["@aws_security_group.inner"],
    }
    things["aws_lb_target_group.app"].update(target_type="alb", port=8080, targets=[{"target": "@aws_lb.inner"}])
    assert exposed(things, "aws_lb.inner") == []
    things["aws_lb_listener.inner"] = {
        "load_balancer": "@aws_lb.inner",
        "port": 8080,
        "protocol": "HTTP",
        "actions": [{"type": "forward", "target_group": "@aws_lb_target_group.inner"}],
    }
    # The outer one keeps the client's address: the inner one's groups see it.
    assert brief(exposed(things, "aws_lb.inner")) == [("tcp/443", ("203.0.113.0/24",), "yes")]
    things["aws_security_group.behind"] = {
        "vpc": "@aws_vpc.main",
        "ingress": [allow("tcp", 9000, 9000, group="@aws_security_group.inner")],
        "egress": [],
    }
    things["aws_instance.behind"] = {"subnet": "@aws_subnet.back", "security_groups": ["@aws_security_group.behind"]}
    things["aws_lb_target_group.inner"] = {
        "port": 9000,
        "protocol": "HTTP",
        "targets": [{"target": "@aws_instance.behind"}],
    }
    assert brief(exposed(things, "aws_instance.behind")) == [("tcp/443", ("203.0.113.0/24",), "yes")]
    things["aws_lb_listener.inner"]["port"] = 8081
    assert exposed(things, "aws_instance.behind") == []


def test_a_target_may_be_registered_by_its_address() -> None:
    things = shop()
    things["aws_lb_target_group.app"].update(target_type="ip", vpc="@aws_vpc.main", targets=[{"target": "10.0.2.10"}])
    assert exposed(things, "aws_instance.app")[0].verdict.depends_on == ("whether app has the address 10.0.2.10",)
    things["aws_instance.app"]["private_ip"] = "10.0.2.11"
    assert exposed(things, "aws_instance.app") == []
    things["aws_instance.app"]["private_ip"] = "10.0.2.10"
    assert brief(exposed(things, "aws_instance.app")) == [("tcp/443", EVERYBODY, "yes")]
    things["aws_vpc.other"] = {"cidrs": ["10.0.0.0/16"]}
    things["aws_lb_target_group.app"]["vpc"] = "@aws_vpc.other"
    assert exposed(things, "aws_instance.app") == []


def database() -> Things:
    things = public_web()
    things["aws_subnet.other"] = {"vpc": "@aws_vpc.main", "cidr": "10.0.3.0/24"}
    things["aws_db_subnet_group.db"] = {"subnets": ["@aws_subnet.front"]}
    things["aws_security_group.db"] = {"ingress": [allow("tcp", 0, 65535, cidr="0.0.0.0/0")]}
    things["aws_db_instance.db"] = {
        "public": True,
        "port": 5432,
        "subnet_group": "@aws_db_subnet_group.db",
        "security_groups": ["@aws_security_group.db"],
    }
    return things


def test_a_public_database_is_reached_on_its_port() -> None:
    assert brief(exposed(database(), "aws_db_instance.db")) == [("tcp/5432", EVERYBODY, "yes")]


def test_a_database_that_is_not_public_is_quiet() -> None:
    things = database()
    things["aws_db_instance.db"]["public"] = False
    assert exposed(things, "aws_db_instance.db") == []
    assert [e.text for e in why_not(things, "aws_db_instance.db").because] == ["db is not publicly accessible"]


def test_a_public_database_without_a_route_is_quiet() -> None:
    things = database()
    things["aws_db_subnet_group.db"]["subnets"] = ["@aws_subnet.other"]
    assert exposed(things, "aws_db_instance.db") == []


def test_a_database_with_one_routed_subnet_of_two_depends() -> None:
    things = database()
    things["aws_db_subnet_group.db"]["subnets"] = ["@aws_subnet.front", "@aws_subnet.other"]
    (found,) = exposed(things, "aws_db_instance.db")
    assert found.verdict.depends_on == ("which subnet of its group db sits in",)


def test_a_database_in_the_default_subnet_group_depends() -> None:
    things = database()
    things["aws_db_instance.db"]["subnet_group"] = None
    assert (
        brief(exposed(things, "aws_db_instance.db"))
        == [("tcp/5432", EVERYBODY, "depends"), ("tcp/5432", ("::/0",), "depends")][:1]
    )


URL = {"action": "lambda:InvokeFunctionUrl", "principal": "*", "function_url_auth_type": "NONE"}
INVOKE = {"action": "lambda:InvokeFunction", "principal": "*", "through_function_url": True}


@pytest.mark.parametrize(
    ("auth", "permissions", "said", "answer"),
    [
        ("NONE", [URL, INVOKE], "live", "yes"),
        ("NONE", [URL], "live", "depends"),
        ("NONE", [], "live", None),
        ("NONE", [{**URL, "principal": "123456789012"}, INVOKE], "live", None),
        ("NONE", [{**URL, "source_account": "123456789012"}, INVOKE], "live", None),
        ("NONE", [], "code", "depends"),
        ("AWS_IAM", [URL, INVOKE], "live", None),
        (None, [URL, INVOKE], "live", None),
        (unknown("var.auth"), [URL, INVOKE], "live", "depends"),
    ],
)
def test_an_open_function_url(auth: object, permissions: list[Any], said: str, answer: str | None) -> None:
    things: Things = {"aws_lambda_function.f": {"url": {"auth_type": auth}, "permissions": permissions}}
    found = exposed(things, "aws_lambda_function.f", said=said)
    assert [(str(e.ports), e.verdict.answer) for e in found] == ([("tcp/443", answer)] if answer else [])


def test_the_default_acl_of_the_data_guards_subnets_without_one() -> None:
    things = public_web()
    things["aws_network_acl.default"] = {"vpc": "@aws_vpc.main", "default": True, "ingress": [], "egress": []}
    assert exposed(things, "aws_instance.web") == []


def test_a_default_vpc_is_routed_to_the_internet() -> None:
    things = public_web()
    del things["aws_route_table.public"]
    things["aws_vpc.main"]["default"] = True
    assert brief(exposed(things, "aws_instance.web")) == [("tcp/443", EVERYBODY, "yes")]


def tasks() -> Things:
    """A service of ECS behind the shop's balancer, registered by itself on port 8080."""
    things = shop()
    del things["aws_instance.app"]
    things["aws_lb_target_group.app"]["targets"] = []
    things["aws_ecs_service.app"] = {
        "subnets": ["@aws_subnet.back"],
        "security_groups": ["@aws_security_group.app"],
        "load_balancers": [{"target_group": "@aws_lb_target_group.app", "container": "web", "port": 8080}],
    }
    return things


def test_tasks_of_ecs_are_reached_through_the_balancer_they_register_with() -> None:
    things = tasks()
    assert brief(exposed(things, "aws_ecs_service.app")) == [("tcp/443", EVERYBODY, "yes")]
    things["aws_ecs_service.app"]["load_balancers"][0]["port"] = 9090
    assert exposed(things, "aws_ecs_service.app") == []
    things["aws_ecs_service.app"]["load_balancers"] = []
    assert exposed(things, "aws_ecs_service.app") == []


@pytest.mark.parametrize(("flag", "answer"), [(True, "yes"), (False, ""), (None, ""), (unknown("public"), "depends")])
def test_tasks_of_ecs_may_have_public_addresses_of_their_own(flag: Any, answer: str) -> None:
    things = tasks()
    things["aws_security_group.app"]["ingress"] = [allow("tcp", 8080, 8080, cidr="0.0.0.0/0")]
    things["aws_ecs_service.app"].update(subnets=["@aws_subnet.front"], public_ip=flag, load_balancers=[])
    assert brief(exposed(things, "aws_ecs_service.app")) == ([("tcp/8080", EVERYBODY, answer)] if answer else [])


def test_tasks_that_use_the_interface_of_their_machine_have_none_of_their_own() -> None:
    things = tasks()
    things["aws_ecs_service.app"] = {"load_balancers": []}
    assert exposed(things, "aws_ecs_service.app") == []
    assert "no interface of their own" in why_not(things, "aws_ecs_service.app").because[0].text


def on_machines(mode: str, host: str | None, **template: Any) -> Things:
    """Tasks that use the network of the machines of an Auto Scaling group, behind the balancer."""
    things = shop()
    things["aws_launch_template.m"] = {"versions": [{"security_groups": ["@aws_security_group.app"], **template}]}
    things["aws_autoscaling_group.m"] = {"launch_template": "@aws_launch_template.m", "subnets": ["@aws_subnet.front"]}
    things["aws_ecs_capacity_provider.m"] = {"name": "m", "autoscaling_group": "@aws_autoscaling_group.m"}
    ports = [{"container": "80", "host": host, "protocol": "tcp"}]
    things["aws_ecs_task_definition.app"] = {"network_mode": mode, "containers": [{"name": "web", "ports": ports}]}
    things["aws_ecs_service.app"] = {
        "capacity_providers": ["@aws_ecs_capacity_provider.m"],
        "task_definition": "@aws_ecs_task_definition.app",
        "load_balancers": [{"target_group": "@aws_lb_target_group.app", "container": "web", "port": 80}],
    }
    return things


@pytest.mark.parametrize(("host", "answer"), [("8080", ["yes"]), ("9090", []), (None, ["depends"]), ("0", ["depends"])])
def test_tasks_in_bridge_mode_are_reached_on_the_port_their_machine_has_for_them(host: str | None, answer: Any) -> None:
    found = exposed(on_machines("bridge", host), "aws_ecs_service.app")
    assert [(str(e.ports), e.verdict.answer) for e in found] == [("tcp/443", word) for word in answer]


def test_a_machine_with_a_public_address_may_open_its_tasks_to_the_internet() -> None:
    things = on_machines("host", None, public_ip=True)
    things["aws_ecs_service.app"]["load_balancers"] = []
    assert exposed(things, "aws_ecs_service.app") == []
    things["aws_security_group.app"]["ingress"].append(allow("tcp", 80, 80, cidr="0.0.0.0/0"))
    (found,) = exposed(things, "aws_ecs_service.app")
    assert (str(found.ports), found.verdict.answer) == ("tcp/80", "depends")
    assert found.verdict.depends_on == ("which machines tasks of app run on, and on which ports",)
    things["aws_launch_template.m"]["versions"][0]["public_ip"] = False
    assert exposed(things, "aws_ecs_service.app") == []
