"""The codebook and the theme tags that its cues put on passages."""
