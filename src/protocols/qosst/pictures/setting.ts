import type { Showing } from '#src/contract/picture.ts';
import type { Fault } from '#src/optics/faults/fault.ts';
import { fibreLengthKm } from '#src/optics/link.ts';
import type { Modulation } from '#src/optics/modulation/modulation.ts';
import type { LinkPlan } from '#src/optics/plan.ts';

/** A simulated link in words: what the estimates should come to. */
export function settingOf(plan: LinkPlan): Showing['setting'] {
  const { link, faults } = plan;
  const { detector } = link;
  return {
    'fibre, km': Number(fibreLengthKm(link.transmittance).toPrecision(6)),
    'T of the fibre': link.transmittance.toPrecision(5),
    'excess noise, SNU': link.excessNoiseSnu,
    modulation: textOf(plan.modulation),
    'modulation variance, SNU': plan.modulationVarianceSnu,
    detector: `${detector.kind}, ${detector.trust}`,
    'detector efficiency': detector.efficiency,
    'electronic noise, SNU': detector.electronicNoiseSnu,
    'reconciliation efficiency': plan.reconciliationEfficiency,
    'symbols a frame': plan.frameSymbols,
    ...(plan.fidelity === 'waveform' ? waveOf(plan.wave) : {}),
    faults: faults.length === 0 ? 'none' : faults.map(faultText).join('; '),
  };
}

/** What a waveform is like, beside its symbols. */
function waveOf({ format, path }: LinkPlan['wave']): Showing['setting'] {
  const { root, length } = format.preamble;
  return {
    'line of the beat, Hz': path.lineWidthHz,
    'beat of the lasers, Hz': path.beatFrequencyHz,
    'clock offset, ppm': path.clockOffsetPpm,
    'bits of the converter': path.converterBits === Infinity ? 'exact' : path.converterBits,
    'pilots, Hz': format.pilotsHz.join(', '),
    'photons of a pilot a symbol': format.pilotPhotonNumber,
    preamble: `Zadoff-Chu, root ${root}, ${length} symbols`,
  };
}

/** A fault with all its numbers, as it may be written on the command line. */
function faultText({ name, values }: Fault): string {
  const told = Object.entries(values).map(([parameter, value]) => `${parameter}=${value}`);
  return [name, told.join(',')].filter((part) => part !== '').join(':');
}

/** As it is written on the command line. */
function textOf(modulation: Modulation): string {
  const { kind, ...sizes } = modulation;
  return [kind, ...Object.values(sizes)].join(':');
}
