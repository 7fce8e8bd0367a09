"""What is released to others than the manager: a cube for commissioners, a sample of persons for researchers."""
