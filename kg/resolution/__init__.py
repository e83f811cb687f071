"""From claims to events: whom each mention stood for, and which claims tell of the same thing."""
