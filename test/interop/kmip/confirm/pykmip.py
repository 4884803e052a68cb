"""What PyKMIP's server does wrong, each seen once more with raw bytes: one line a finding.

    python pykmip.py <port> <ca> <certificate> <key>
"""

import ssl
import sys

import frames
from frames import enumeration, ids, integer, octets, one, payload, reasons, statuses, structure, text

port, ca, certificate, key = int(sys.argv[1]), *sys.argv[2:5]
CREATE, REGISTER, LOCATE, GET, GET_ATTRIBUTES, ACTIVATE, REVOKE, QUERY, HASH = 1, 3, 8, 10, 11, 18, 19, 24, 39
INVALID_MESSAGE, SUCCESS, FAILED = 4, 0, 1


def connect():
    return frames.connect(port, ca, certificate, key)


connection = connect()


def ask(*items, through=None, **more):
    return frames.tell(through or connection, frames.message(*items, version=(2, 0), **more))


def attributes(*parts):
    return structure("420125", *parts)


def aes(*more):
    algorithm, length, uses = enumeration("420028", 3), integer("42002a", 128), integer("42002c", 12)
    return payload(enumeration("420057", 2), attributes(algorithm, length, uses, *more))


def name(value):
    return structure("420053", text("420055", value), enumeration("420054", 1))


def create(*more):
    return ids(ask(one(CREATE, aes(*more))))[0]


def keys():
    return len(ids(ask(one(LOCATE, payload(attributes(enumeration("420057", 2)))))))


query = payload(enumeration("420074", 1))


def seen(finding, is_seen):
    print(finding if is_seen else f"not seen: {finding}", flush=True)


answer = ask(one(QUERY, query), header=text("420105", "a"))
seen("a Client Correlation Value is refused", reasons(answer) == [INVALID_MESSAGE])

answer = ask(one(CREATE, aes(), b"a"), one(CREATE, aes(), b"b"), count=1)
seen("as many items are done as Batch Count says", statuses(answer) == [SUCCESS])

answer = ask(one(CREATE, aes(), b"a"), one(ACTIVATE, payload(), b"b"))
seen("an empty payload cannot be read", reasons(answer) == [INVALID_MESSAGE])

uid = create()
answer = ask(one(GET, payload(enumeration("420042", 1))), through=connect())
seen("the ID Placeholder outlives its connection", ids(answer) == [uid])

answer = ask(one(GET, payload(text("420094", ""))))
seen("an empty identifier is the ID Placeholder", ids(answer) == [uid])

sought = create(name("sought"))
create()
found = one(LOCATE, payload(attributes(name("sought"))), b"a")
answer = ask(found, one(GET, payload(enumeration("420042", 1)), b"b"))
seen("Locate does not fill the ID Placeholder", ids(answer)[0] == sought != ids(answer)[1])

before = keys()
answer = ask(one(CREATE, aes(), b"a"), one(CREATE, aes()))
seen("a batch is refused, and its first item done", statuses(answer) == [FAILED] and keys() == before + 1)

extension = structure("420051", text("42009d", "somebody"), frames.item("420026", 6, bytes(8)), structure("42009c"))
answer = ask(one(QUERY, query, more=extension))
seen("a message extension that is not critical is refused", reasons(answer) == [INVALID_MESSAGE])

reason = structure("420081", enumeration("420082", 5))
answer = ask(one(REVOKE, payload(text("420094", uid), reason)))
seen("Revoke fails with the reason 0x0B of 1.x", reasons(answer) == [0x0B])

answer = ask(one(LOCATE, payload(attributes(), attributes())))
seen("Locate takes two Attributes", statuses(answer) == [SUCCESS])

twins = create(name("twin")), create(name("twin"))
seen("two keys have one name", twins[0] != twins[1])

answer = ask(one(GET, payload(text("420094", "\u00e9"))))
seen("a text that is not ASCII cannot be read", reasons(answer) == [INVALID_MESSAGE])

hashed = payload(structure("42002b", enumeration("420038", 6)), octets("4200c2", b"a"))
answer = ask(one(HASH, hashed))
seen("what it does not do is an invalid message", reasons(answer) == [INVALID_MESSAGE])

by_algorithm = one(LOCATE, payload(attributes(enumeration("420028", 3))))
before = ask(by_algorithm)
x509 = structure("420013", enumeration("42001d", 1), octets("42001e", ssl.PEM_cert_to_DER_cert(open(certificate).read())))
ask(one(REGISTER, payload(enumeration("420057", 1), attributes(integer("42002c", 2)), x509)))
after = ask(by_algorithm)
seen("Locate by algorithm fails once there is a certificate", (statuses(before), statuses(after)) == ([SUCCESS], [FAILED]))

contact = payload(text("420094", uid), enumeration("42013b", 0x420022))
silent = frames.tell(connect(), frames.message(one(GET_ATTRIBUTES, contact), version=(2, 0)), seconds=2)
seen("Get Attributes of what a key has not is not answered", silent in ("silence", "end"))
