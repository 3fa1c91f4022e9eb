"""HTTP for the backends: one way to ask, and one reading of what came back, or did not."""
