"""What kmipserver of ovh/kmip-go does wrong with JSON over HTTP: one line a finding.

    python ovh_json.py <port>      of a server without a Content-Type of its own (`http-bare`)
"""

import http.client
import json
import sys


def item(tag, value, type=None):
    return {"tag": tag, **({"type": type} if type else {}), "value": value}


def discover(major=1, minor=4):
    version = [item("ProtocolVersionMajor", major, "Integer"), item("ProtocolVersionMinor", minor, "Integer")]
    spoken = [item("ProtocolVersionMajor", 1, "Integer"), item("ProtocolVersionMinor", 4, "Integer")]
    header = item("RequestHeader", [item("ProtocolVersion", spoken), item("BatchCount", 1, "Integer")])
    asked = item("RequestPayload", [item("ProtocolVersion", version)])
    one = item("BatchItem", [item("Operation", "DiscoverVersions", "Enumeration"), asked])
    return item("RequestMessage", [header, one])


def post(body):
    """Content-Type and text of the response; None where the connection ends instead."""
    connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=10)
    try:
        connection.request("POST", "/kmip", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.getheader("Content-Type"), response.read().decode()
    except (http.client.HTTPException, OSError):
        return None


def seen(finding, is_seen):
    print(finding if is_seen else f"not seen: {finding}", flush=True)


good = json.dumps(discover())
kind, text = post(good)
seen("a response has no Content-Type of KMIP", kind.startswith("text/plain") and "Success" in text)
seen("an unknown type ends the connection", post(good.replace('"Enumeration"', '"Enum"')) is None)
seen("an item that is no object ends the connection", post("[]") is None)
seen("a message with another behind it is taken", "Success" in post(good + good)[1])
plain, hexadecimal = (post(json.dumps(discover(number)))[1] for number in (-1, "0xffffffff"))
seen("a negative number in hex cannot be read", "Success" in plain and "Success" not in hexadecimal)
