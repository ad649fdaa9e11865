"""Virtual patients: people who do not exist, with a motor model that sees the game and moves."""
