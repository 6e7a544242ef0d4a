"""Checks of aws/dynamodb."""
