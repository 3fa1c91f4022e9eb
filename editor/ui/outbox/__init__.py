"""The outbox in the window: what waits to reach each place, what needs a person, and what the desk did meanwhile."""
