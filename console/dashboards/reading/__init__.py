"""What panels read: over connections of their own, as often as wanted, each once for all that ask for it."""
