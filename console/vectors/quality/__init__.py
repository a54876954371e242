"""How good an index answers, and what the vectors look like."""
