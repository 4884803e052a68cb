"""Alice's bench: a DAC that lights a fibre, and a photodiode that sees it."""

import os
import shutil
import threading
import time

import numpy as np

from qosst_hal.dac import FakeDAC
from qosst_hal.powermeter import FakePowerMeter

DARK_WATTS = 1e-9
WATTS_PER_SQUARED_UNIT = 1e-6

_light = {"mean_square": 0.0}


class Dac(FakeDAC):
    """A DAC that can be made without arguments, and writes each single shot into a fibre file."""

    def __init__(self, *_args, **_kwargs):
        super().__init__(None, None)
        self.fibre = ""
        self.repeat = 1

    def set_emission_parameters(self, *_args, repeat=1, fibre="", **_kwargs):
        self.repeat = repeat
        self.fibre = fibre

    def start_emission(self):
        super().start_emission()
        sequence = self.data[0] + 1j * self.data[1]
        _light["mean_square"] = float(np.mean(np.abs(sequence) ** 2))
        if self.fibre and self.repeat == 1:
            _write_whole(self.fibre, sequence)

    def stop_emission(self):
        super().stop_emission()
        _light["mean_square"] = 0.0


class Photodiode(FakePowerMeter):
    """A power meter, in watts, that reads more while the DAC emits."""

    def read(self):
        return DARK_WATTS + WATTS_PER_SQUARED_UNIT * _light["mean_square"]


def _write_whole(path, sequence):
    """Bob may look at any moment: he finds the old frame or the new one, never half of one."""
    partial = f"{path}.{os.getpid()}.npy"
    np.save(partial, sequence)
    os.replace(partial, path)


def _die_with_parent():
    """Our parent holds the other end of stdin: its end, however it comes, is ours too."""
    while os.read(0, 4096):
        pass
    shutil.rmtree(os.environ["QOSST_STUB_FOLDER"], ignore_errors=True)
    os._exit(0)


if "QOSST_STUB_HASTE" in os.environ:
    time.sleep = lambda _seconds: None  # simulated instruments have nothing to settle

if "QOSST_STUB_FOLDER" in os.environ:
    threading.Thread(target=_die_with_parent, daemon=True).start()
