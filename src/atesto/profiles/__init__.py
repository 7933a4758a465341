"""Floor 6: the award record and the forms it is written in."""
