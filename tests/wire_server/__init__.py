"""A server that speaks Dateline's open protocol (``docs/http.md``), and breaks in every way that servers break.

The standard library only: a newsroom's developer may start it (``python -m tests.wire_server FOLDER``) and read it.
"""
