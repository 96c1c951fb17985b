"""What plays in the browser: figures, packed films and curves, and the component for them."""
