"""The pages that a commissioner reads."""
