"""Pictures of awards."""
