"""How it gets out: what a target shall hold, what it holds, and the one request that brings them nearer."""
