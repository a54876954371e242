"""Random schemas and random changes of them, for properties that must hold for every pair."""
