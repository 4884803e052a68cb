"""A server of threads on a loopback port that it prints, with TLS where it is given certificates."""

import argparse
import socket
import ssl
import threading


def arguments(faults):
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cert", help="of the server, with --key: TLS")
    parser.add_argument("--key")
    parser.add_argument("--ca", help="of the clients, which must then have certificates")
    parser.add_argument("--fault", choices=faults, help="what it does wrong on purpose")
    return parser


def tls_of(options):
    if options.cert is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(options.cert, options.key)
    if options.ca is not None:
        context.load_verify_locations(options.ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def serve(options, handle):
    """Hands each connection to `handle`; prints where it waits, then serves for ever."""
    tls = tls_of(options)
    with socket.create_server(("127.0.0.1", options.port)) as server:
        print(f"listening on {server.getsockname()[1]}", flush=True)
        while True:
            connection, _ = server.accept()
            threading.Thread(target=attend, args=(connection, tls, handle), daemon=True).start()


def attend(connection, tls, handle):
    try:
        with connection if tls is None else tls.wrap_socket(connection, server_side=True) as open_one:
            handle(open_one)
    except OSError:
        pass
