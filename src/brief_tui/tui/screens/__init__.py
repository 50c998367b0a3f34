"""Screens: each a short wiring of widgets and domain calls."""
