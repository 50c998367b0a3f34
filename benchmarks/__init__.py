"""What the program costs, as ratios against named references; each module runs by itself."""
