"""The commands, by what they are for; `brief_tui.cli` offers them."""
