"""Checks of aws/apigateway."""
