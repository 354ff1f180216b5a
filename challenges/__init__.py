"""What institutions bring: management challenges and the plans made of them."""
