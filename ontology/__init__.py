"""What may be said: entity and relation types, records, values and their validation."""
