"""The reader's page: what is written to a folder, and how little of it for each entry."""
