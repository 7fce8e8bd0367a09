"""What is decided for people beside what they choose themselves, and what became of choice after a finding about capacity."""
