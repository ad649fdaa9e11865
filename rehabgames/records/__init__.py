"""Floor 6: the record. Documents in, rows out; a trial that counts is on disk."""
