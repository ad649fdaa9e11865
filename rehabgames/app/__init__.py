"""Wiring: the app brings cameras, stores, clocks and windows to the pure rooms."""
