"""Escalation paths of AWS, by their ids in pathfinding.cloud (DataDog, Apache-2.0): the ids and facts, our words."""
