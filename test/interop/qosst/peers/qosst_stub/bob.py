"""Bob's bench: local oscillator, switch and RF heterodyne receiver at the far end of a fibre.

The noise of an acquisition follows the bench, as in a laboratory: electronic noise alone while
the laser is off, plus shot noise once it is on, plus Alice's light when the switch lets it in.
"""

import json
import os
import tempfile

import numpy as np
from qosst_alice.dsp import dsp_alice
from qosst_bob.parameters_estimation.base import BaseEstimator
from qosst_core.configuration import Configuration
from qosst_hal.adc import GenericADC
from qosst_hal.laser import FakeLaser
from qosst_hal.switch import FakeSwitch
from scipy.signal import resample_poly

SIGNAL_PORT = 1
BEAT_HZ = 250e6
# Against Alice's amplitude, these make a channel and detector of 0.75 together, at 5 photons.
SHOT_STD = 0.052
ELECTRONIC_STD = 0.0104
PHOTONS_AT_FULL_VARIANCE = 5.0
CALIBRATION_SAMPLES = 400_000
# QOSST searches up to two synchronisation sequences (16,000 samples) before the frame.
DARK_SAMPLES = 20_000

_bench = {"laser": False, "port": SIGNAL_PORT}


class Laser(FakeLaser):
    """The local oscillator."""

    def enable(self):
        _bench["laser"] = True

    def disable(self):
        _bench["laser"] = False


class Switch(FakeSwitch):
    """The switch before the receiver: Alice's light, or none for calibration."""

    def set_state(self, state):
        _bench["port"] = state

    def read_state(self):
        return _bench["port"]


class Adc(GenericADC):
    """Samples of RF heterodyne detection: the real part of Alice's field, moved up by BEAT_HZ."""

    def __init__(self, _location, channels, **_kwargs):
        self.channels = channels
        self.random = np.random.default_rng()

    def open(self):
        pass

    def close(self):
        pass

    def set_acquisition_parameters(
        self, target_rate, fibre="", lab="", excess_noise_snu=0.0, **_kwargs
    ):
        self.rate = target_rate
        self.fibre = fibre
        self.lab = lab
        self.excess_std = SHOT_STD * np.sqrt(excess_noise_snu)

    def arm_acquisition(self):
        pass

    def trigger(self):
        pass

    def stop_acquisition(self):
        pass

    def get_data(self):
        return [self._samples() for _ in self.channels]

    def _samples(self):
        if not _bench["laser"]:
            return self._noise(CALIBRATION_SAMPLES, ELECTRONIC_STD)
        receiver_std = np.hypot(ELECTRONIC_STD, SHOT_STD)
        if _bench["port"] != SIGNAL_PORT:
            return self._noise(CALIBRATION_SAMPLES, receiver_std)
        light = self._light()
        return light + self._noise(len(light), np.hypot(receiver_std, self.excess_std))

    def _noise(self, count, std):
        return self.random.normal(0, std, count)

    def _light(self):
        config = Configuration(self.lab)
        emitted = _emitted(self.fibre, config)
        field = resample_poly(emitted, round(self.rate / config.alice.dac.rate), 1)
        field = np.pad(field, DARK_SAMPLES)
        turns = np.arange(len(field)) * BEAT_HZ / self.rate + self.random.uniform()
        return (field * np.exp(2j * np.pi * turns)).real


class AssumedChannel(BaseEstimator):
    """A channel nobody measured, for an Alice whose light does not reach us."""

    @staticmethod
    def estimate(*_symbols):
        transmittance, excess_noise_snu, electronic_noise_snu = 0.7, 0.01, 0.04
        return transmittance, excess_noise_snu, electronic_noise_snu


def _emitted(fibre, config):
    """Alice's samples: as her DAC wrote them, made from her symbols, or from nobody's."""
    if fibre.endswith(".npy"):
        return np.load(fibre)
    if fibre.endswith(".json"):
        return _modulated(fibre, config)
    return dsp_alice(config)[0]


def _modulated(fibre, config):
    with open(fibre, encoding="utf-8") as file:
        told = json.load(file)
    symbols = np.array(told["symbols_real"]) + 1j * np.array(told["symbols_imag"])
    photons = told.get("n_photon", PHOTONS_AT_FULL_VARIANCE) / PHOTONS_AT_FULL_VARIANCE
    wanted_power = 2 * config.frame.quantum.variance * photons
    symbols *= np.sqrt(wanted_power / np.mean(np.abs(symbols) ** 2))
    with tempfile.TemporaryDirectory() as folder:
        config.alice.signal_generation.load_symbols = True
        config.alice.signal_generation.symbols_path = os.path.join(folder, "symbols.npy")
        np.save(config.alice.signal_generation.symbols_path, symbols)
        return dsp_alice(config)[0]
