"""Names and values in running text: lists, legal names, introductions, people, figures, and who is who."""
