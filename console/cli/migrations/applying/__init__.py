"""The verbs that change what is applied: `up`, `down`, `redo`, with all that comes before and after a run."""
