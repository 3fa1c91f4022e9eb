"""Whether there is a newer version: a signed note at an address, asked for only where somebody wants that."""
