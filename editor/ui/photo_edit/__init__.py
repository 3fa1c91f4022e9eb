"""Editing a photo for its entry: crop, quarter turns, regions made unrecognisable, and where it matters most."""
