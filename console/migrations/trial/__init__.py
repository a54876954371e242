"""The trial: a plan runs on the real target in one transaction that is rolled back, and tells what it did to others."""
