"""Keys in custody: their records, their life from creation to revocation, and what is published of them."""
