"""What `./dev` does. Only Python's own library may be imported here: nothing else is installed yet."""
