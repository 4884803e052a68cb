"""What kmipserver of ovh/kmip-go does wrong, each seen once more with raw bytes: one line a finding.

    python ovh.py <port> <ca> <certificate> <key> [<a message that ends the process>]
"""

import sys

import frames
from frames import enumeration, ids, integer, octets, one, payload, statuses, structure, text, values

port, ca, certificate, key = int(sys.argv[1]), *sys.argv[2:5]
CREATE, GET, QUERY, IMPORT = 1, 10, 24, 42
SUCCESS, FAILED = 0, 1


def connect():
    return frames.connect(port, ca, certificate, key)


def ask(*items, **more):
    return frames.tell(connect(), frames.message(*items, version=(1, 4), **more))


def seen(finding, is_seen):
    print(finding if is_seen else f"not seen: {finding}", flush=True)


def attribute(name, value):
    return structure("420008", text("42000a", name), value)


aes = payload(
    enumeration("420057", 2),
    structure(
        "420091",
        attribute("Cryptographic Algorithm", enumeration("42000b", 3)),
        attribute("Cryptographic Length", integer("42000b", 128)),
        attribute("Cryptographic Usage Mask", integer("42000b", 12)),
    ),
)
query = payload(enumeration("420074", 1))
absent = payload(text("420094", "nobody"))
good = frames.message(one(QUERY, query), version=(1, 4))


def changed(old, new):
    return good.replace(old, new, 1)


def crash(name):
    """Says one message, and looks whether anybody is there."""
    count = integer("42000d", 1)
    empty = frames.item("420050", 2, b"")
    messages = {
        "an Integer of no byte": frames.message(one(QUERY, query), version=(1, 4), header=empty),
        "an Integer of 3 bytes": changed(count, frames.item("42000d", 2, b"\0\0\1")),
        "an Enumeration of 1 byte": changed(enumeration("420074", 1), frames.item("420074", 5, b"\1")),
        "a length of 4 GiB": changed(good[8:16], good[8:12] + b"\xff\xff\xff\xff"),
    }
    frames.tell(connect(), messages[name], seconds=2)
    try:
        connect()
        seen(f"{name} ends the process", False)
    except OSError:
        seen(f"{name} ends the process", True)


if len(sys.argv) > 5:
    crash(sys.argv[5])
    sys.exit()

answer = ask(one(GET, absent, b"a"), one(QUERY, query, b"b"))
seen("a batch goes on behind an error where nothing is said of it", statuses(answer) == [FAILED, SUCCESS])

answer = ask(one(QUERY, query), header=integer("420050", 256))
seen("Maximum Response Size is passed over", len(values(answer, "42005c")) > 10)

answer = ask(one(QUERY, query, b""))
seen("an empty Unique Batch Item ID is not returned", (statuses(answer), values(answer, "420093")) == ([SUCCESS], []))

made = ids(ask(one(CREATE, aes)))[0]
twice = payload(text("420094", made), text("420094", "somebody else"))
seen("a field that stands twice is taken", statuses(ask(one(GET, twice))) == [SUCCESS])


def extension(critical):
    indicator = frames.item("420026", 6, critical.to_bytes(8, "big"))
    return structure("420051", text("42009d", "somebody"), indicator, structure("42009c"))


answer = ask(one(QUERY, query, more=extension(0) + extension(1)))
seen("a second message extension is passed over, though critical", statuses(answer) == [SUCCESS])

answer = ask(one(QUERY, query), header=frames.item("420010", 6, (2).to_bytes(8, "big")))
seen("a Boolean of 2 is taken", statuses(answer) == [SUCCESS])

answer = ask(one(QUERY, query), header=frames.item("420105", 7, b"\xff\xfe"))
seen("a text that is not UTF-8 is taken and returned", values(answer, "420105") == [b"\xff\xfe"])

answer = frames.tell(connect(), changed(integer("42000d", 1), frames.item("42000d", 2, b"\0\0\0\1\0\0\0\0")))
seen("an Integer of 8 bytes is taken", statuses(answer) == [SUCCESS])

answer = ask(one(IMPORT, absent))
seen("a payload that ends too early ends the connection", answer == "end")
