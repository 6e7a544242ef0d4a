"""Checks of aws/bedrock."""
