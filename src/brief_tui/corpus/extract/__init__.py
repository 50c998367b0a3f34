"""The formats that are more than text: web pages, PDF, Word, EPUB. All of it runs in a process of its own."""
