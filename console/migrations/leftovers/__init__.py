"""What interrupted statements leave behind: invalid indexes, constraints without proof, partitions half detached."""
