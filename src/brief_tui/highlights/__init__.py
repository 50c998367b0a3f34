"""What the reader marked, tagged and noted, and how it is found again."""
