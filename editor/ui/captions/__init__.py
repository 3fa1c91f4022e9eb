"""Captions, alternative texts and credits of all photos of an entry at once."""
