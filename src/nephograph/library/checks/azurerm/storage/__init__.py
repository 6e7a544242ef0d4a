"""Checks of azurerm/storage."""
