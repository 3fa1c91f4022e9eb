"""When the program itself fails: what is told of it, where that is kept, and how the next start learns of it."""
