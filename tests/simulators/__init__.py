"""Stand-ins for the outside world that implement our ports, so that whole exchanges run without sockets, clocks or files."""
