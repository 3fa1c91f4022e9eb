"""A folder or a camera's card: its photos in a grid, to choose from before any of them is taken in."""
