"""A part of a drift: which changes come and go together, and the plan of those that are taken."""
