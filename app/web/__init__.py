"""What crosses the network beside the page's own messages: addresses, resources, and refusals."""
