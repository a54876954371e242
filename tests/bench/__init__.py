"""Measures the console beside other clients, in one run, and prints both with the targets; `make bench` runs it."""
