"""What a picture shows, as facts: worked out here, said and drawn elsewhere. None of them gives a verdict."""
