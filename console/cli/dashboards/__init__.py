"""Dashboards as text and as documents: `dashboard`."""
