import { InvalidArgumentError } from 'commander';
import { collect, withSeed, withSettings, type TargetFlags } from '../flags.ts';
import type { Verb } from '../verb.ts';

interface SessionFlags extends Pick<TargetFlags, 'dialect' | 'reading' | 'option'> {
  readonly seed: number;
  readonly quiet?: boolean;
  readonly distanceKm?: number;
  readonly modulation?: string;
  readonly fault?: readonly string[];
  readonly out?: string;
}

/** `session`: both reference sides talk to each other once. */
export const session: Verb = {
  examples: [
    ['qkdspec session qosst', 'one whole session over loopback TCP'],
    ['qkdspec session qosst --seed 7 --quiet', 'another one; only what came of it'],
    [
      'qkdspec session qosst --distance-km 25 --fault loss-step:lossDb=3',
      'over simulated optics, to a final key or to where the fault ends it',
    ],
    [
      'qkdspec session qosst --option optics=waveform --option lineWidthHz=20000',
      'light as pulses, pilots and a preamble; lasers with so wide a line',
    ],
    [
      'qkdspec session qosst --out reports/session',
      'and keep its traces, and a page with its plots',
    ],
  ],
  declare: (command) =>
    withSettings(withSeed(command.argument('[protocol]', 'default: the first one')))
      .option('--out <dir>', 'keep its traces, one for each side, for `judge`, and session.html')
      .option('--quiet', 'no line for each frame')
      .optionsGroup('Simulated optics, where the protocol has any:')
      .option('--distance-km <km>', 'length of the fibre, 0.2 dB/km', distance)
      .option('--modulation <name>', 'gaussian, psk:4, qam:8, pcs-qam:8:0.07, binomial-qam:8')
      .option('--fault <name[:parameter=value,…]>', 'what goes wrong (repeatable)', collect),
  async run(command, screen) {
    const flags = command.opts<SessionFlags>();
    const { showSession } = await import('../show-session.ts');
    const [protocol] = command.args;
    const told = { ...flags, option: [...(flags.option ?? []), ...opticsOf(flags)] };
    const named = protocol === undefined ? told : { ...told, protocol };
    const { seed, quiet = false, out = null } = flags;
    return showSession(named, screen, { seed, quiet, out });
  },
};

/** The options that these flags stand for. */
function opticsOf({ distanceKm, modulation, fault }: SessionFlags): readonly string[] {
  const said = Object.entries({ distanceKm, modulation, faults: fault });
  return said
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
}

function distance(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 500) return value;
  throw new InvalidArgumentError('Expected kilometres from 0 to 500.');
}
