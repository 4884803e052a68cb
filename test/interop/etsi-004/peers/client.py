"""An application of both ends: opens a stream at each, takes some keys, compares them and closes.

It behaves as the open clients do that are in use: one connection for all requests with version 1.0.1,
one for each with 2.1.1. Prints what it came to; its exit code is 1 where the keys differ.
"""

import argparse
import socket
import sys
import uuid

import frames

VERSIONS = {"1.0.1": (1, 0, 1), "2.1.1": (2, 1, 1)}
QOS = {
    "key_chunk_size": 32,
    "max_bps": 40_000,
    "min_bps": 5_000,
    "jitter": 10,
    "priority": 0,
    "timeout": 2_000,
    "ttl": 3_600,
    "mimetype": "application/json",
}
ROOM = 1024


class End:
    def __init__(self, options, port):
        self.address = (options.host, port)
        self.version = VERSIONS[options.version]
        self.is_many = options.version == "1.0.1"
        self.connection = None

    def ask(self, service, payload):
        connection = self.connection or socket.create_connection(self.address, timeout=5)
        connection.sendall(frames.frame(self.version, service, payload))
        came = frames.receive_frame(connection)
        if self.is_many:
            self.connection = connection
        else:
            connection.close()
        if came is None or came[0] != service + 1:
            raise SystemExit(f"no answer to service {service}: {came}")
        return came[1]

    def open(self, stream):
        uris = b"client://localhost\0server://localhost\0"
        qos = frames.write_qos(QOS, mimetype_filled=self.is_many)
        answer = self.ask(frames.OPEN, uris + qos + stream.bytes)
        status = answer.uint32()
        if status not in (0, 1, 7):
            raise SystemExit(f"not opened: status {status}")
        given = frames.read_qos(answer, mimetype_filled=self.is_many)
        return status, given, answer.stream()

    def key(self, stream, index):
        room = frames.uint32(ROOM) + (b"" if self.is_many else bytes(ROOM))
        answer = self.ask(frames.GET, stream.bytes + frames.uint32(index) + room)
        status, got, key = answer.uint32(), answer.uint32(), answer.sized()
        if (status, got) != (0, index):
            raise SystemExit(f"status {status}, index {got} for {index}")
        return key

    def close(self, stream):
        return self.ask(frames.CLOSE, stream.bytes).uint32()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("peer_port", type=int)
    parser.add_argument("--version", choices=VERSIONS, default="1.0.1")
    parser.add_argument("--keys", type=int, default=5)
    parser.add_argument("--forgets", action="store_true", help="leaves without close")
    options = parser.parse_args()
    source, destination = End(options, options.port), End(options, options.peer_port)
    status, qos, stream = source.open(uuid.UUID(int=0))
    print(f"source: status {status}, keys of {qos['key_chunk_size']} bytes", flush=True)
    status, _, same = destination.open(stream)
    print(f"destination: status {status}, {'same stream' if same == stream else 'another'}", flush=True)
    ours = [source.key(stream, index) for index in range(options.keys)]
    theirs = [destination.key(stream, index) for index in range(options.keys)]
    print(f"{len(set(ours))} keys, {'equal' if ours == theirs else 'different'}", flush=True)
    if not options.forgets:
        print(f"closed: {source.close(stream)}, {destination.close(stream)}", flush=True)
    return 0 if ours == theirs else 1


if __name__ == "__main__":
    sys.exit(main())
