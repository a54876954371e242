"""A chart of what stands on a screen: proposed, changed, saved as a dashboard."""
