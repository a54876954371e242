"""Reading data: tables by key or by block, results and views in windows, everything read once kept on disk."""
