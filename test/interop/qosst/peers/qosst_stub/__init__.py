"""Simulated bench for the unmodified QOSST software; named only in lab.toml, never imported by us."""
