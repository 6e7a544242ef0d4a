"""Checks of aws/ecr."""
