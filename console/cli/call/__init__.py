"""What every verb needs for a call: its options, its target, questions to a person, and an end with an exit code."""
