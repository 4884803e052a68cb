"""A QKD server that speaks version 1.0.1: many requests a connection, keys out of one buffer.

It behaves as the open Python server does that is in use: keys lie in a buffer that both servers of a
link share, chunk after chunk; it offers another quality with status 7 and opens the stream all the
same; it knows no peer, and forgets no key.
"""

import hashlib
import json
import threading
import urllib.parse
import uuid

import frames
from listening import arguments, serve

VERSION = (1, 0, 1)
MOST = {"key_chunk_size": 4096, "max_bps": 500_000, "priority": 0, "timeout": 5000, "ttl": 7200}
LEAST = {"min_bps": 5000, "jitter": 5}
BUFFER_BYTES = 1_000_000
FAULTS = (
    "version",
    "key-short",
    "key-differs",
    "index-stuck",
    "unknown-served",
    "length",
    "service",
    "served-after-close",
    "id-taken-twice",
    "small-room-takes-key",
)


class Server:
    def __init__(self, options):
        self.fault = options.fault
        blocks = (hashlib.sha256(f"{options.link}/{n}".encode()).digest() for n in range(BUFFER_BYTES // 32))
        self.buffer = b"".join(blocks)
        self.streams = {}
        self.taken = 0
        self.lock = threading.Lock()

    def handle(self, connection):
        while (came := frames.receive_frame(connection)) is not None:
            service, payload = came
            try:
                answer = self.answer(service, payload)
            except (frames.Unreadable, UnicodeDecodeError):
                return
            if answer is not None:
                connection.sendall(answer)

    def answer(self, service, payload):
        calls = {frames.OPEN: self.open, frames.GET: self.get, frames.CLOSE: self.close}
        if service not in calls:
            return None
        with self.lock:
            return self.said(service + 1, calls[service](payload))

    def said(self, service, payload):
        version = (1, 0, 2) if self.fault == "version" else VERSION
        if self.fault == "service" and service == frames.GIVEN:
            service = frames.CLOSED
        said = frames.frame(version, service, payload)
        if self.fault == "length" and service == frames.GIVEN:
            said += b"\0"
        return said

    def open(self, payload):
        source, destination = payload.text(), payload.text()
        asked = frames.read_qos(payload, mimetype_filled=True)
        stream = payload.stream()
        for uri in (source, destination):
            parts = urllib.parse.urlparse(uri)
            if not (parts.scheme and parts.netloc):
                return frames.uint32(4)
        if asked["timeout"] == 0:
            return frames.uint32(6)
        if stream in self.streams and self.fault != "id-taken-twice":
            return frames.uint32(5)
        if stream.int == 0:
            stream = uuid.uuid4()
        given = {name: min(asked[name], MOST.get(name, asked[name])) for name in frames.NUMBERS}
        given |= {name: max(asked[name], least) for name, least in LEAST.items()}
        given["mimetype"] = "application/json"
        self.streams[stream] = given
        status = 0 if given == asked else 7
        return frames.uint32(status) + frames.write_qos(given, mimetype_filled=True) + stream.bytes

    def get(self, payload):
        stream, index, room = payload.stream(), payload.uint32(), payload.uint32()
        qos = self.streams.get(stream)
        if qos is None or "closed" in qos:
            if self.fault == "unknown-served":
                qos = {"key_chunk_size": 32}
            elif qos is None or self.fault != "served-after-close":
                return frames.uint32(3)
        size = qos["key_chunk_size"]
        at = index * size + (size * self.taken if self.fault == "small-room-takes-key" else 0)
        key = self.buffer[at : at + size]
        if len(key) < size or size == 0:
            return frames.uint32(2)
        metadata = json.dumps({"age": 1_739_795_939_745, "hops": 0}).encode()
        if room < len(metadata):
            self.taken += 1
            return frames.uint32(8, len(metadata))
        if self.fault == "key-short":
            key = key[1:]
        if self.fault == "key-differs":
            key = bytes(byte ^ 1 for byte in key)
        if self.fault == "index-stuck":
            index = 0
        return frames.uint32(0, index) + frames.sized(key) + frames.sized(metadata)

    def close(self, payload):
        stream = payload.stream()
        if stream not in self.streams or "closed" in self.streams[stream]:
            return frames.uint32(3)
        if self.fault == "served-after-close":
            self.streams[stream]["closed"] = True
        else:
            del self.streams[stream]
        return frames.uint32(0)


if __name__ == "__main__":
    parser = arguments(FAULTS)
    parser.add_argument("--link", default="link", help="what both servers of a link have in common")
    chosen = parser.parse_args()
    serve(chosen, Server(chosen).handle)
