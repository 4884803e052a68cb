import Type from 'typebox';
import { HarnessError } from '#src/base/errors.ts';
import type { Settings } from '#src/contract/settings.ts';
import { parseFault } from '#src/optics/faults/parse.ts';
import { fibreTransmittance } from '#src/optics/link.ts';
import { parseModulation } from '#src/optics/modulation/parse.ts';
import { goldenLink, type LinkPlan } from '#src/optics/plan.ts';
import { lengths } from '#src/post-processing/reconciliation/proposal.ts';
import type { DistillationPlan } from './distillation/bob.ts';

/** Options of the simulated link; both sides must be given the same. */
export const opticsOptions = {
  optics: Type.Optional(
    Type.Union([Type.Literal('generated'), Type.Literal('simulated'), Type.Literal('oracle')], {
      description:
        'Where symbols come from: a generator without optics, a simulated link with real distillation, or estimates alone.',
    }),
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
} as const;

/** A frame's optics and what is made of it. */
export interface Optics {
  readonly link: LinkPlan;
  readonly distillation: DistillationPlan;
  readonly revealedSymbols: number;
}

/** Symbols of a frame unless said: 2.5e5 to be revealed, and eight blocks. */
const usual = { frameSymbols: 250_000 + 8 * 8192, revealedSymbols: 250_000 };

/** The simulated link that the options ask for; `null`: symbols come from a generator. */
export function opticsOf({ options }: Settings): Optics | null {
  const kind = options['optics'] ?? 'generated';
  if (kind === 'generated') return null;
  const number = (name: string, otherwise: number) =>
    typeof options[name] === 'number' ? options[name] : otherwise;
  const faults = Array.isArray(options['faults']) ? options['faults'].map(String) : [];
  const frameSymbols = number('frameSymbols', usual.frameSymbols);
  const blockBits = lengths.find((length) => length === options['blockBits']) ?? 16_384;
  return {
    link: {
      ...goldenLink,
      seed: number('opticsSeed', 1),
      frameSymbols,
      modulation: modulationFrom(String(options['modulation'] ?? 'gaussian')),
      modulationVarianceSnu: number('modulationVarianceSnu', goldenLink.modulationVarianceSnu),
      link: {
        ...goldenLink.link,
        transmittance: fibreTransmittance(number('distanceKm', 5)),
        excessNoiseSnu: number('excessNoiseSnu', goldenLink.link.excessNoiseSnu),
      },
      faults: faults.map(faultFrom),
      calibrationSamples: number('calibrationSamples', goldenLink.calibrationSamples),
      fidelity: kind === 'oracle' ? 'oracle' : 'symbols',
    },
    distillation: { blockBits, codeSeed: 1, failure: 1e-10 },
    revealedSymbols: Math.min(frameSymbols, number('revealedSymbols', usual.revealedSymbols)),
  };
}

function modulationFrom(text: string) {
  const parsed = parseModulation(text);
  if (parsed.kind === 'flaw') throw new HarnessError('usage', parsed.why);
  return parsed.modulation;
}

function faultFrom(text: string) {
  const parsed = parseFault(text);
  if (parsed.kind === 'flaw') throw new HarnessError('usage', parsed.why);
  return parsed.fault;
}
