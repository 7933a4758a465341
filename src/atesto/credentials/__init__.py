"""What is said: the data model of credentials and presentations (VCDM 2.0 and 1.1), and their period of validity."""
