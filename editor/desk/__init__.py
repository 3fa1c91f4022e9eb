"""The use cases, in newsroom verbs. Each is one transaction, and returns the Changes it made."""
