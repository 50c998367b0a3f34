"""The reader: the only package that imports Textual."""

import os

# What a key changes is drawn with the next frame; at Textual's 60 a second that alone takes up to 17 ms.
os.environ.setdefault("TEXTUAL_FPS", "120")
