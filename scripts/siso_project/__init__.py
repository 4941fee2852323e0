"""What the project does to itself: its checks, its test run, its map of requirements. No part of the product."""
