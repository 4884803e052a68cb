"""KMIP in binary TTLV, written from its layout alone: what the confirmations speak.

Nothing here comes from the project under test, or from the peers.
"""

import socket
import ssl
import struct


def item(tag, kind, value):
    return bytes.fromhex(tag) + struct.pack(">BI", kind, len(value)) + value + bytes(-len(value) % 8)


def structure(tag, *parts):
    return item(tag, 1, b"".join(parts))


def integer(tag, number):
    return item(tag, 2, struct.pack(">i", number))


def enumeration(tag, number):
    return item(tag, 5, struct.pack(">I", number))


def text(tag, value):
    return item(tag, 7, value.encode())


def octets(tag, value):
    return item(tag, 8, value)


def payload(*parts):
    return structure("420079", *parts)


def one(operation, body, id=None, more=b""):
    """An item of a batch."""
    named = b"" if id is None else octets("420093", id)
    return structure("42000f", enumeration("42005c", operation), named, body, more)


def message(*items, version, count=None, header=b""):
    major, minor = version
    spoken = structure("420069", integer("42006a", major), integer("42006b", minor))
    counted = integer("42000d", len(items) if count is None else count)
    return structure("420078", structure("420077", spoken, header, counted), *items)


def connect(port, ca, certificate, key):
    context = ssl.create_default_context(cafile=ca)
    context.load_cert_chain(certificate, key)
    context.set_ciphers("ALL:@SECLEVEL=0")
    plain = socket.create_connection(("127.0.0.1", port), timeout=10)
    return context.wrap_socket(plain, server_hostname="127.0.0.1")


def tell(connection, request, seconds=10):
    """The response as a list of tags and values; a text where there is none."""
    connection.settimeout(seconds)
    connection.sendall(request)
    data = b""
    try:
        while len(data) < 8 or len(data) < 8 + struct.unpack(">I", data[4:8])[0]:
            piece = connection.recv(65536)
            if not piece:
                return "end"
            data += piece
    except TimeoutError:
        return "silence"
    except OSError:
        return "end"
    return read(data)


def read(data):
    items = []
    while data:
        size = struct.unpack(">I", data[4:8])[0]
        value = data[8 : 8 + size]
        items.append((data[:3].hex(), read(value) if data[3] == 1 else value))
        data = data[8 + size + -size % 8 :]
    return items


def values(response, tag):
    """All values of a tag, wherever they stand."""
    if isinstance(response, str):
        return []
    inner = [found for _, value in response if isinstance(value, list) for found in values(value, tag)]
    return [value for own, value in response if own == tag] + inner


def statuses(response):
    return [value[-1] for value in values(response, "42007f")]


def reasons(response):
    return [int.from_bytes(value, "big") for value in values(response, "42007e")]


def ids(response):
    return [value.decode() for value in values(response, "420094")]
