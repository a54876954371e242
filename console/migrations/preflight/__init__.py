"""What would stop a plan, or stand in its way, said before its first statement."""
