"""The roles of the house as data: which group may do what."""
