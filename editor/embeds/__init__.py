"""Links: what is behind an address. Which network it belongs to is told offline by ``editor.content.networks``."""
