"""What ``data.ingest`` does with rows once they are read and matched: type, check, merge, keep the ledger."""
