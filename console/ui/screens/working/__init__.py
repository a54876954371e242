"""Work that is under way on a screen: a panel that shows it, how it is stopped, and who is in its way."""
