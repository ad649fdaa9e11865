"""Floor 1: kinematic measures of signals, with their validity."""
