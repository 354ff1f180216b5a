"""Notes that people in a room write together: a Yjs document, its updates in the log of `notes:<pk>`."""
