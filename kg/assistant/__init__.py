"""What an assistant may ask of a graph, and the server that hands it over; nothing is ever written."""
