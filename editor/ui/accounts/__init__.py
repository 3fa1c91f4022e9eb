"""Accounts in the window: the list of them, adding and changing one, which live blogs go there, and taking one away."""
