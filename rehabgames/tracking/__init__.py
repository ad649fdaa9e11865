"""Tracking: cameras and their stand-ins, MediaPipe, and the figure drawn into camera pictures."""
