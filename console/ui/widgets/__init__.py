"""What screens are made of; no widget knows a database or the program around it."""
