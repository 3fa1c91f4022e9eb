"""Photos: what a file says of itself, the smaller forms that readers get, and the shelf they lie on."""
