-- No row: everything that was written is on the disk, so that the server stops without delay.
CHECKPOINT
