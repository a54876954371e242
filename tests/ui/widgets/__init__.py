"""Tests of the widgets that are drawn by the line."""
