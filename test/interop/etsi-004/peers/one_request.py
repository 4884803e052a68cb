"""A QKD server that speaks version 2.1.1: one request a connection, one stream a pair of URIs.

It behaves as the example server of the C code for edition 3 does: open-connect always succeeds, and
gives the same stream for the same pair of URIs; the keys come of the URIs and the index; close does
nothing, and is always answered with status 0.
"""

import hashlib
import threading
import uuid

import frames
from listening import arguments, serve

VERSION = (2, 1, 1)
MOST_CHUNK_BYTES = 1 << 16
FAULTS = ("status-cut", "key-differs")


class Server:
    def __init__(self, options):
        self.fault = options.fault
        self.streams = {}
        self.pairs = {}
        self.given = 0
        self.lock = threading.Lock()

    def handle(self, connection):
        came = frames.receive_frame(connection)
        if came is None:
            return
        service, payload = came
        calls = {frames.OPEN: self.open, frames.GET: self.get, frames.CLOSE: self.close}
        if service not in calls:
            return
        try:
            with self.lock:
                answer = calls[service](payload)
        except (frames.Unreadable, UnicodeDecodeError):
            return
        connection.sendall(frames.frame(VERSION, service + 1, answer))

    def open(self, payload):
        pair = payload.text(), payload.text()
        qos = frames.read_qos(payload, mimetype_filled=False)
        stream = payload.stream()
        if stream.int == 0:
            stream = self.pairs.setdefault(pair, uuid.uuid4())
            self.streams.setdefault(stream, (pair, qos))
        status = frames.uint32(0)[:2] if self.fault == "status-cut" else frames.uint32(0)
        return status + frames.write_qos(qos, mimetype_filled=False) + stream.bytes

    def get(self, payload):
        stream, index = payload.stream(), payload.uint32()
        payload.sized()
        if stream not in self.streams:
            return frames.uint32(3, index, 0, 0)
        pair, qos = self.streams[stream]
        size = min(qos["key_chunk_size"], MOST_CHUNK_BYTES)
        self.given += 1
        salt = self.given if self.fault == "key-differs" else 0
        key = hashlib.shake_256(f"{pair} {index} {salt}".encode()).digest(size)
        metadata = b'{"device_info": {"key_rate": 32768, "qber": 0.49}}\0'
        return frames.uint32(0, index) + frames.sized(key) + frames.sized(metadata)

    def close(self, payload):
        payload.stream()
        return frames.uint32(0)


if __name__ == "__main__":
    chosen = arguments(FAULTS).parse_args()
    serve(chosen, Server(chosen).handle)
