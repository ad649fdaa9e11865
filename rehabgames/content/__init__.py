"""Floor 3: reads exercises/ and calibration/ into the types of `core`."""
