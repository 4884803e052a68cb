import Type from 'typebox';
import { HarnessError } from '#src/base/errors.ts';
import type { Settings } from '#src/contract/settings.ts';
import { parseFault } from '#src/optics/faults/parse.ts';
import { fibreTransmittance } from '#src/optics/link.ts';
import { parseModulation } from '#src/optics/modulation/parse.ts';
import { goldenLink, type LinkPlan } from '#src/optics/plan.ts';
import { lengths } from '#src/post-processing/reconciliation/proposal.ts';
import type { DistillationPlan } from './distillation/bob.ts';
import { largestWaveform, refuseUnfit, waveformOptions, waveOf } from './waveform.ts';

/** Options of the simulated link; both sides must be given the same. */
export const opticsOptions = {
  optics: Type.Optional(
    Type.Union(
      [
        Type.Literal('generated'),
        Type.Literal('simulated'),
        Type.Literal('waveform'),
        Type.Literal('oracle'),
      ],
      {
        description:
          'Where symbols come from: a generator without optics; a simulated link, with real distillation; the same as a waveform, with pilots and pulses, from which signal processing finds them; an oracle, which draws the estimates alone: no key is made.',
      },
    ),
  ),
  opticsSeed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 1,
      description: 'The light that both ends share.',
    }),
  ),
  distanceKm: Type.Optional(
    Type.Number({ minimum: 0, maximum: 500, description: 'Fibre, 0.2 dB/km.' }),
  ),
  excessNoiseSnu: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: "xi at the channel's input." }),
  ),
  modulation: Type.Optional(
    Type.String({ description: 'gaussian, psk:4, qam:8, pcs-qam:8:0.07 or binomial-qam:8.' }),
  ),
  modulationVarianceSnu: Type.Optional(
    Type.Number({ exclusiveMinimum: 0, maximum: 1000, description: 'V_A per quadrature.' }),
  ),
  detector: Type.Optional(
    Type.Union([Type.Literal('heterodyne'), Type.Literal('homodyne')], {
      description: 'Whether Bob measures both quadratures, or x alone.',
    }),
  ),
  trust: Type.Optional(
    Type.Union([Type.Literal('trusted'), Type.Literal('untrusted')], {
      description: "Whether the detector's loss and noise are out of Eve's reach.",
    }),
  ),
  security: Type.Optional(
    Type.Union([Type.Literal('asymptotic'), Type.Literal('finite-size')], {
      description:
        'What a key counts as secret by: the estimates as they are; or at worst (6.5 standard deviations), with what a block of this size costs.',
    }),
  ),
  faults: Type.Optional(
    Type.Array(Type.String(), { description: 'What goes wrong: name:parameter=value,…' }),
  ),
  revealedSymbols: Type.Optional(
    Type.Integer({ minimum: 3, description: 'Symbols that Alice reveals.' }),
  ),
  calibrationSamples: Type.Optional(
    Type.Integer({ minimum: 1000, description: 'Quadratures measured to calibrate the detector.' }),
  ),
  blockBits: Type.Optional(
    Type.Union(
      lengths.map((length) => Type.Literal(length)),
      {
        description: 'Length of the code that corrects errors.',
      },
    ),
  ),
  ...waveformOptions,
  amplificationSeed: Type.Optional(
    Type.Union([Type.Literal('asSent'), Type.Literal('reversed')], {
      description: 'How Alice reads the seed; reversed: another key, and no message tells of it.',
    }),
  ),
} as const;

/** A frame's optics and what is made of it. */
export interface Optics {
  readonly link: LinkPlan;
  readonly distillation: DistillationPlan;
}

/** Symbols of a frame unless said: 2.5e5 to be revealed, and eight blocks. */
const usual = { frameSymbols: 250_000 + 8 * 8192, revealedSymbols: 250_000 };
const largestFrame = 10_000_000;

/** Whether symbols are sent over a simulated link, so that a key can be made of them. */
export function sendsSymbols(options: Settings['options']): boolean {
  return options['optics'] === 'simulated' || options['optics'] === 'waveform';
}

/** The simulated link that the options ask for; `null`: symbols come from a generator. */
export function opticsOf(settings: Settings): Optics | null {
  const { options, readings } = settings;
  const kind = options['optics'] ?? 'generated';
  refuseUnfit(settings);
  if (kind === 'generated') return null;
  const number = (name: string, otherwise: number) =>
    typeof options[name] === 'number' ? options[name] : otherwise;
  const faults = Array.isArray(options['faults']) ? options['faults'].map(String) : [];
  const frameSymbols = number('frameSymbols', usual.frameSymbols);
  within('frameSymbols', frameSymbols, [4, kind === 'waveform' ? largestWaveform : largestFrame]);
  const most = Math.min(usual.revealedSymbols, Math.ceil(0.8 * frameSymbols));
  const revealedSymbols = number('revealedSymbols', most);
  within('revealedSymbols', revealedSymbols, [3, frameSymbols]);
  const blockBits = lengths.find((length) => length === options['blockBits']) ?? 16_384;
  return {
    link: {
      ...goldenLink,
      seed: number('opticsSeed', 1),
      frameSymbols,
      revealedSymbols,
      modulation: modulationFrom(String(options['modulation'] ?? 'gaussian')),
      modulationVarianceSnu: number('modulationVarianceSnu', goldenLink.modulationVarianceSnu),
      link: {
        ...goldenLink.link,
        transmittance: fibreTransmittance(number('distanceKm', 5)),
        excessNoiseSnu: number('excessNoiseSnu', goldenLink.link.excessNoiseSnu),
        detector: {
          ...goldenLink.link.detector,
          kind: options['detector'] === 'homodyne' ? 'homodyne' : 'heterodyne',
          trust: options['trust'] === 'untrusted' ? 'untrusted' : 'trusted',
        },
      },
      faults: faults.map((text) => faultFrom(text, kind === 'oracle')),
      calibrationSamples: number('calibrationSamples', goldenLink.calibrationSamples),
      security: options['security'] === 'finite-size' ? 'finite-size' : 'asymptotic',
      convention: readings['excessNoiseConvention'] === 'detector' ? 'detector' : 'channel',
      wave: waveOf(settings),
      fidelity: fidelities[String(kind)] ?? 'symbols',
    },
    distillation: { blockBits, codeSeed: 1 },
  };
}

/** By the option; symbols are the usual ones. */
const fidelities: Readonly<Record<string, LinkPlan['fidelity']>> = {
  oracle: 'oracle',
  waveform: 'waveform',
};

function modulationFrom(text: string) {
  const parsed = parseModulation(text);
  if (parsed.kind === 'flaw') throw new HarnessError('usage', parsed.why);
  return parsed.modulation;
}

function faultFrom(text: string, isOracle: boolean) {
  const parsed = parseFault(text);
  if (parsed.kind === 'flaw') throw new HarnessError('usage', parsed.why);
  if (
    isOracle &&
    parsed.fault.signature({ ...goldenLink.link, modulationVarianceSnu: 1 }) === null
  ) {
    const why = `no formula for fault '${parsed.fault.name}': optics must be 'simulated' for it`;
    throw new HarnessError('usage', why);
  }
  return parsed.fault;
}

function within(name: string, value: number, [least, most]: readonly [number, number]): void {
  if (value >= least && value <= most) return;
  throw new HarnessError('usage', `${name} is ${value}, not from ${least} to ${most}`);
}
