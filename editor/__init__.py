"""Dateline: compose live blogs without a network, publish them when there is one."""

__version__ = "0.1.0"
