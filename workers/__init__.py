"""Side effects of the product: what needs a secret, an outside service or heavy work. One folder per service."""
