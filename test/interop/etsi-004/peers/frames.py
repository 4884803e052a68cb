"""The frames of the open servers of ETSI GS QKD 004, written from their layout alone.

A header (three bytes of version, one of service, four of length), then the payload; whole numbers
are big endian. Both peers of this folder use it; nothing here comes from the project under test.
"""

import struct
import uuid

OPEN, OPENED, GET, GIVEN, CLOSE, CLOSED = 2, 3, 4, 5, 8, 9
NUMBERS = ("key_chunk_size", "max_bps", "min_bps", "jitter", "priority", "timeout", "ttl")
MIMETYPE_BYTES = 256


class Unreadable(Exception):
    """A payload that ends too early, or a text without an end."""


class Payload:
    """Reads the members of a payload one after the other."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        if self.at + size > len(self.data):
            raise Unreadable(f"{size} bytes at {self.at} of {len(self.data)}")
        self.at += size
        return self.data[self.at - size : self.at]

    def uint32(self):
        return struct.unpack("!I", self.take(4))[0]

    def text(self):
        end = self.data.find(b"\0", self.at)
        if end < 0:
            raise Unreadable("a text without an end")
        text = self.take(end - self.at).decode()
        self.at += 1
        return text

    def stream(self):
        return uuid.UUID(bytes=bytes(self.take(16)))

    def sized(self):
        return self.take(self.uint32())


def uint32(*values):
    return struct.pack(f"!{len(values)}I", *values)


def sized(data):
    return uint32(len(data)) + data


def read_qos(payload, mimetype_filled):
    qos = {name: payload.uint32() for name in NUMBERS}
    if mimetype_filled:
        qos["mimetype"] = payload.take(MIMETYPE_BYTES).rstrip(b"\0").decode()
    else:
        qos["mimetype"] = payload.text()
    return qos


def write_qos(qos, mimetype_filled):
    numbers = uint32(*(qos[name] for name in NUMBERS))
    mimetype = qos["mimetype"].encode()
    filled = mimetype.ljust(MIMETYPE_BYTES, b"\0") if mimetype_filled else mimetype + b"\0"
    return numbers + filled


def receive(connection, size):
    data = b""
    while len(data) < size:
        piece = connection.recv(min(65536, size - len(data)))
        if not piece:
            return None
        data += piece
    return data


def receive_frame(connection):
    """Service and payload of the next frame; None at the end of the connection."""
    header = receive(connection, 8)
    if header is None:
        return None
    payload = receive(connection, struct.unpack("!I", header[4:])[0])
    return None if payload is None else (header[3], Payload(payload))


def frame(version, service, payload):
    return bytes((*version, service)) + sized(payload)
