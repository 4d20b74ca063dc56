"""Whether one short text entails, contradicts or leaves open another."""
