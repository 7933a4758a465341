"""The European extension of Open Badges: one context, one schema, one further type of Achievement for what badges have no property for."""
