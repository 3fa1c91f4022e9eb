"""What the user sees of the program's own errors: a sentence now, and an offer at the next start."""
