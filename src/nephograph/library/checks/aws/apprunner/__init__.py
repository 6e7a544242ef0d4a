"""Checks of aws/apprunner."""
