"""Checks of azurerm."""
