"""Confirms each finding by hand: raw sockets, nothing of qkdspec. Usage: confirm.py PORT NAME

Each scenario wants an Alice of its own: start one with
`node test/interop/qosst/peers/alice.ts --port PORT`.
"""
import hashlib, json, socket, struct, sys, time

def frame(code, challenge="", content=None, header=None):
    body = json.dumps(content).encode() if content else b""
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
if name == "header-not-utf8":
    print(ask(s, 100, header=b'{"code": \xff}'))
elif name == "reset-within-a-frame":
    s.sendall(frame(100)[:60]); time.sleep(0.2)
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
time.sleep(0.5)
try: t = connect(); print("a new client is greeted:", hello(t)[:1])
except OSError as error: print("a new client:", error)
