"""Widgets: they render and post messages, and decide nothing."""
