"""Confirms each finding by hand: raw sockets, nothing of qkdspec. Usage: confirm.py PORT NAME

Each scenario wants an Alice of its own: start one with
`node test/interop/qosst/peers/alice.ts --port PORT --haste`.
"""
import hashlib, json, socket, struct, sys, time

UUID, OTHER = "9f0b6ea4-9e8c-11ed-8b23-0028f86a9730", "00000000-0000-4000-8000-000000000000"

def frame(code, challenge="", content=None, header=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode() if content is not None else b""
    head = header or json.dumps({"code": code, "content_length": len(body), "challenge": challenge, "next_challenge": "n%d" % time.time_ns()}).encode()
    digest = hashlib.sha256(head + body).digest()
    return struct.pack(">HH", len(head), len(digest)) + digest + head + body

def ask(sock, *args, **kwargs):
    sock.sendall(frame(*args, **kwargs)); return hear(sock)

def hear(sock, seconds=2.0):
    sock.settimeout(seconds)
    try: data = sock.recv(65536)
    except socket.timeout: return "silence"
    except ConnectionError as error: return type(error).__name__
    if not data: return "closed"
    size, digest = struct.unpack(">HH", data[:4])
    head = json.loads(data[4 + digest : 4 + digest + size])
    rest = data[4 + digest + size + head["content_length"] :]
    return (head["code"], head["challenge"], head["next_challenge"], data[4 + digest + size :][: head["content_length"]], len(rest))

port, name = int(sys.argv[1]), sys.argv[2]
connect = lambda: socket.create_connection(("127.0.0.1", port), 2)
s = connect()
hello = lambda sock: ask(sock, 100, content={"serial_number": "B", "qosst_version": "QOSST/0.2"})
def walk(sock, *requests):
    """Says one request after the other, each with the challenge of the last answer; tells the codes."""
    answer = hello(sock)
    for code, content in requests:
        answer = ask(sock, code, answer[2], content); print(code, "->", answer[0] if isinstance(answer, tuple) else answer)
        if not isinstance(answer, tuple): return answer
    return answer
if name == "header-not-utf8":
    print(ask(s, 100, header=b'{"code": \xff}'))
elif name == "reset-within-a-frame":
    s.sendall(frame(100)[:60]); time.sleep(0.2)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); s.close()
elif name == "reset-before-the-answer":
    mine = hello(s)[2]; s.sendall(frame(50, mine, {"parameter": "a.b.c", "value": 1}))
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)); s.close()
elif name == "parameter-without-content":
    print(ask(s, 50, hello(s)[2]))
elif name == "deaf-after-abort":
    print(ask(s, 15, hello(s)[2])); print("100 on the same connection:", hello(s))
elif name == "two-answers":
    print(ask(s, 50, hello(s)[2], {"parameter": "qi.frame.roll_off", "value": 0.3})); print("and then:", hear(s))
elif name == "refusal-without-code":
    print(ask(s, 200, hello(s)[2]))
elif name == "refusal-echoes-her-own-challenge":
    mine = hello(s)[2]; print("Alice awaits", mine, "and answers an unknown code with", ask(s, 1000, mine)[:2])
elif name == "session-outlives-its-connection":
    awaited = hello(s)[2]; s.close(); s = connect(); print("120 first on a new connection:", ask(s, 120, awaited, {"frame_uuid": "9f0b6ea4-9e8c-11ed-8b23-0028f86a9730"}))
elif name == "content-not-utf8":
    print(ask(s, 100, content=b'{"serial_number"\xa9 "B"}'))
elif name == "content-no-object":
    print(ask(s, 100, content=0.5))
elif name == "length-is-text":
    print(ask(s, 100, header=b'{"code": 100, "content_length": "0", "challenge": "", "next_challenge": "n"}'))
elif name == "length-too-long":
    print(ask(s, 100, header=b'{"code": 100, "content_length": 2147483648, "challenge": "", "next_challenge": "n"}'))
elif name == "parameter-of-the-wrong-type":
    walk(s, (50, {"parameter": "frame.quantum.roll_off", "value": "three"}), (120, {"frame_uuid": UUID}), (140, None))
elif name == "parameter-name-no-text":
    walk(s, (50, {"parameter": [], "value": 1}))
elif name == "uuid-no-uuid":
    walk(s, (120, {"frame_uuid": "no uuid"}))
elif name == "initialization-without-content":
    walk(s, (120, None))
elif name == "another-frame":
    walk(s, (120, {"frame_uuid": UUID}), (140, {"frame_uuid": OTHER}))
elif name == "exchange-content-no-object":
    walk(s, (120, {"frame_uuid": UUID}), (140, 5))
elif name in ("negative-index", "nested-indices"):
    indices = [-1] if name == "negative-index" else [[0]]
    print(walk(s, (120, {"frame_uuid": UUID}), (140, None), (142, None), (144, None), (160, {"indices": indices}))[3][:60])
elif name == "not-identified":
    refused = ask(s, 120, "x"); print("120 ->", refused[0], "then 70 ->", ask(s, 70, refused[2])[0])
elif name == "frame-outlives-its-connection":
    walk(s, (120, {"frame_uuid": UUID})); s.close(); s = connect(); walk(s, (140, None))
elif name == "version-no-text":
    print(ask(s, 100, content={"serial_number": "B", "qosst_version": True}))
elif name == "two-frames-in-one-write":
    mine = hello(s)[2]; s.sendall(frame(70, mine) + frame(70, mine)); print(hear(s)[0], "and then:", hear(s))
elif name == "silent-after-disconnection":
    print(walk(s, (222, None), (70, None)))
s.close(); time.sleep(0.5)
try: t = connect(); print("a new client is greeted:", hello(t))
except OSError as error: print("a new client:", error)
