"""Floor 0: the types that every room speaks. Pure: no files, no clock, no screen."""
