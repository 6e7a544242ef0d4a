"""Checks of aws/ecs."""
