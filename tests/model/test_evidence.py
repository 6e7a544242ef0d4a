"""Evidence looks for its place when somebody reads it, and is equal, hashed and pickled by what it says."""

from __future__ import annotations

import pickle

from nephograph.model.resource import Class, Resource
from nephograph.model.source import Scope
from nephograph.model.span import Origin, Path, Span
from nephograph.model.verdict import Evidence


class Counted:
    """Every field but `plain` has a line of its own; counts how often somebody looks for a place."""

    def __init__(self) -> None:
        self.asked = 0
        self.moved = 0

    def of(self, path: Path) -> tuple[bool, Origin | None]:
        self.asked += 1
        line = self.moved + (len(str(path[0])) if path else 1)
        return True, None if path == ("plain",) else Origin("code", "a.b", Span("main.tf", line, 1, line, 2))

    def is_written(self, path: Path) -> bool:
        return path != ("arn",)


def made() -> tuple[Resource, Counted]:
    places = Counted()
    config = {"name": "n", "arn": "a"}
    return Resource("urn:a", "a", "A", Class.GENERIC, "a.b", Scope("aws"), config, places), places


def test_a_place_is_looked_for_only_when_it_is_read_and_is_where_it_is_then() -> None:
    resource, places = made()
    fact = Evidence.at("name is n", resource, ("name",))
    assert len({fact, Evidence.at("arn is a", resource, ("arn",))}) == 2
    assert fact == Evidence.at("name is n", resource, ("name",))
    assert places.asked == 0
    assert fact.location == Span("main.tf", 4, 1, 4, 2)
    assert fact.subject == "urn:a"
    places.moved = 3
    assert fact.location == Span("main.tf", 7, 1, 7, 2)


def test_a_value_that_nobody_wrote_is_said_to_be_the_default() -> None:
    resource, _ = made()
    assert Evidence.of_value("name is n", resource, ("name",)).text == "name is n"
    fact = Evidence.of_value("arn is a", resource, ("arn",))
    assert fact.text == fact.text == "arn is a (provider default)"


def test_facts_are_equal_when_text_subject_and_place_are() -> None:
    resource, _ = made()
    fact = Evidence.at("it is so", resource, ("name",))
    said = Evidence("it is so", "urn:a", Span("main.tf", 4, 1, 4, 2))
    assert fact == said
    assert hash(fact) == hash(said)
    assert Evidence.at("it is so", resource, ("name",)) == Evidence.at("it is so", resource, ("kind",))
    assert Evidence.at("it is so", resource, ("name",)) != Evidence.at("it is so", resource, ("tag",))
    assert fact != Evidence.at("it is not so", resource, ("name",))
    assert fact != Evidence("it is so", "urn:b", Span("main.tf", 4, 1, 4, 2))
    assert fact != "it is so"


def test_a_field_without_a_place_is_said_where_the_resource_is() -> None:
    resource, _ = made()
    assert Evidence.at("it is plain", resource, ("plain",)).location == Span("main.tf", 1, 1, 1, 2)


def test_facts_can_be_sent_to_another_process() -> None:
    resource, _ = made()
    fact = Evidence.at("name is n", resource, ("name",))
    again = pickle.loads(pickle.dumps(fact))
    assert again == fact
    assert again.plain() == {"text": "name is n", "subject": "urn:a", "location": Span("main.tf", 4, 1, 4, 2)}


def test_other_words_keep_the_place_unread() -> None:
    resource, places = made()
    fact = Evidence.at("⟨every action⟩", resource, ("name",)).reworded("every action")
    assert places.asked == 0
    assert (fact.text, fact.subject, fact.location) == ("every action", "urn:a", Span("main.tf", 4, 1, 4, 2))
