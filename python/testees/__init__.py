"""The conformance fixture on the Python adapters: `conformance/app/README.md` says what a testee is."""
