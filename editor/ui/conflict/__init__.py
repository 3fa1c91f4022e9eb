"""Where two texts of an entry clash: the page on which a person chooses what stays."""
