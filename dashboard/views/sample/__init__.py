"""What the researcher's pages and the report of a release say."""
