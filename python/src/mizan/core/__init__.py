"""The protocol's kernels: pure functions without input, output or framework, one module a topic."""
