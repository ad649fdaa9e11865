"""A game engine for neurorehabilitation that needs nothing but a webcam."""

__version__ = "0.1.0"
