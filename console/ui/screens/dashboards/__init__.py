"""The screen of dashboards: which there are and fit, and the one that is looked at."""
