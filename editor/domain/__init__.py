"""What happens to what is written: blogs, entries, stages, roles and assets, as values and pure transitions."""
