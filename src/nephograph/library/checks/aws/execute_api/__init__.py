"""Checks of aws/execute_api."""
