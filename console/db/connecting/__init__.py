"""From parameters to an open line: patience with what sleeps, what a failure means, what a loss leaves behind."""
