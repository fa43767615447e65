"""System checks of the house; each refuses what a review would have to find by hand."""
