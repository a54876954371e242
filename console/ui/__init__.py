"""The screen: a Textual program over the same verbs as the plain commands."""
