"""Checks of aws/codebuild."""
