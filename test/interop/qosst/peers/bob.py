"""Runs the unmodified Bob of QOSST as a client, and says how far he got.

One JSON line per step on stdout, QOSST's own log on stderr; ends with 0 if every step succeeded.
"""

import argparse
import json
import logging
import math
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the stub is in the source tree

from qosst_bob.bob import Bob

HERE = Path(__file__).resolve().parent
MEASURED = "qosst_bob.parameters_estimation.DefaultEstimator"
ASSUMED = "qosst_stub.bob.AssumedChannel"
PHASES = ("identification", "initialization", "qie", "dsp", "pe")


def main():
    options = read_options()
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    with tempfile.TemporaryDirectory(prefix="qosst-bob-") as folder:
        lab = write_lab(Path(folder) / "lab.toml", options)
        steps = Steps(options.step_timeout, folder)
        completed = session(steps, options, lab)
    sys.exit(0 if completed else 1)


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--frames", type=int, default=1)
    parser.add_argument("--num-symbols", type=int, default=2000, help="as Alice's")
    parser.add_argument("--until", choices=PHASES, default="pe", help="last phase")
    parser.add_argument(
        "--fibre",
        default="",
        help="Alice's light: samples (.npy) or symbols (.json, as in 161 and 164); "
        "without it the channel is assumed, not measured",
    )
    parser.add_argument("--excess-noise", type=float, default=0.11, help="SNU, at Bob")
    parser.add_argument("--polarisation", action="store_true", help="recover it (70, 72)")
    parser.add_argument("--change", action="append", default=[], metavar="NAME=JSON")
    parser.add_argument("--step-timeout", type=float, default=60, help="seconds")
    return parser.parse_args()


def write_lab(path, options):
    fibre = os.path.abspath(options.fibre) if options.fibre else ""
    values = {
        "HOST": options.host,
        "PORT": options.port,
        "NUM_SYMBOLS": options.num_symbols,
        "SUBFRAME": math.ceil(options.num_symbols / 2),
        "FIBRE": json.dumps(fibre),
        "LAB": json.dumps(str(path)),
        "EXCESS_NOISE": float(options.excess_noise),
        "POLARISATION": json.dumps(options.polarisation),
        "ESTIMATOR": MEASURED if fibre else ASSUMED,
    }
    parts = ("frame.toml", "alice.toml", "bob.toml")
    text = 'serial_number = "real-bob"\n'
    text += "".join((HERE / "lab" / part).read_text(encoding="utf-8") for part in parts)
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    path.write_text(text, encoding="utf-8")
    return str(path)


def session(steps, options, lab):
    bob = Bob(lab)
    bob.open_hardware()
    try:
        calibrate(bob)
        return (
            steps.run("connect", bob.connect)
            and steps.run("identification", bob.identification)
            and all(change(steps, bob, item) for item in options.change)
            and all(frame(steps, bob, options, i + 1) for i in range(options.frames))
        )
    finally:
        bob.close()


def calibrate(bob):
    """Electronic noise is measured in the dark; shot noise is Bob's own affair, before each frame."""
    bob.laser.disable()
    bob.get_electronic_noise_data()
    bob.laser.enable()


def change(steps, bob, item):
    """Bob does not say whether Alice agreed: success means that she answered."""
    name, _, value = item.partition("=")

    def ask():
        bob.request_parameter_change(name, json.loads(value))
        return True

    return steps.run("parameter_change", ask, lambda: {"parameter": name})


def frame(steps, bob, options, number):
    last = PHASES.index(options.until)
    todo = (
        ("initialization", bob.initialization, lambda: {"frame_uuid": str(bob.frame_uuid)}),
        ("qie", bob.quantum_information_exchange, lambda: {"samples": len(bob.signal_data[0])}),
        ("dsp", bob.dsp, lambda: {"symbols": len(bob.quantum_symbols), "asked": len(bob.indices)}),
        ("pe", bob.parameters_estimation, lambda: estimated(bob)),
    )
    return all(
        steps.run(name, action, details, frame=number) for name, action, details in todo[:last]
    )


def estimated(bob):
    return {
        "photons": plain(bob.photon_number),
        "transmittance": plain(bob.transmittance),
        "excess_noise_bob": plain(bob.excess_noise_bob),
        "electronic_noise": plain(bob.vel),
        "key_rate": plain(bob.skr),
    }


def plain(number):
    """Infinity and NaN are no JSON: they go out as strings."""
    return float(number) if math.isfinite(number) else str(number)


class Steps:
    """Runs and reports steps; Bob himself waits for ever, so a step past its time ends us."""

    def __init__(self, timeout_s, folder):
        self.timeout_s = timeout_s
        self.folder = folder

    def run(self, name, action, details=dict, **labels):
        start = time.monotonic()
        watchdog = threading.Timer(self.timeout_s, self.give_up, (name, labels))
        watchdog.daemon = True
        watchdog.start()
        try:
            succeeded = bool(action())
            outcome = details() if succeeded or name == "pe" else {}
        except Exception as error:  # whatever ends real Bob is a result here
            logging.exception("%s failed", name)
            succeeded, outcome = False, {"error": f"{type(error).__name__}: {error}"}
        finally:
            watchdog.cancel()
        milliseconds = round((time.monotonic() - start) * 1000)
        report({"step": name, **labels, "ok": succeeded, "ms": milliseconds, **outcome})
        return succeeded

    def give_up(self, name, labels):
        error = f"no end within {self.timeout_s:g} s"
        report({"step": name, **labels, "ok": False, "error": error})
        for leftover in Path(self.folder).iterdir():
            leftover.unlink()
        os.rmdir(self.folder)
        os._exit(1)


def report(line):
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
