"""The demo: an embedded server that holds the sample systems, filled by the same verbs that users use."""
