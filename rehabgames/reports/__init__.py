"""Floor 6: what a therapist reads. One record in, one page out."""
