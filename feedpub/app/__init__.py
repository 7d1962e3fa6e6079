"""The only wiring: a configuration in, the parts plugged together, everything closed again.

One module per thing that feedpub is asked to do; a command imports the one it needs, so that `parse`
does not wait for the libraries of `run`.
"""
