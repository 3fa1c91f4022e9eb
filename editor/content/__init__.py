"""What is written: pure values, and their forms as HTML, plain text, Markdown and files."""
