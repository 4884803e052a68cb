import { Given, Then, When } from '@cucumber/cucumber';
import { duet, settingsFor, type Duet } from '#src/index.ts';
import { Broken } from '../support/broken.ts';
import { messageNamed, titled } from '../support/names.ts';
import { shortWaveform, soundLink, troubles, type LinkStory } from '../support/optics.ts';
import type { QkdWorld } from '../support/world.ts';

/** A session of both our sides, with what each has said by the keys of the model. */
interface Played extends Duet {
  readonly said: readonly { readonly by: string; readonly message: string }[];
}

const links = new WeakMap<QkdWorld, LinkStory>();
const sessions = new WeakMap<QkdWorld, Played>();

Given('a fibre of {float} km', function (this: QkdWorld, distanceKm: number) {
  change(this, ({ options }) => ({ options: { ...options, distanceKm } }));
});

Given('an excess noise of {float} SNU', function (this: QkdWorld, excessNoiseSnu: number) {
  change(this, ({ options }) => ({ options: { ...options, excessNoiseSnu } }));
});

Given('symbols of {word}', function (this: QkdWorld, modulation: string) {
  change(this, ({ options }) => ({ options: { ...options, modulation } }));
});

Given('light that is simulated as a waveform', function (this: QkdWorld) {
  change(this, ({ options }) => ({ options: { ...options, ...shortWaveform } }));
});

Given('lasers whose beat has a line of {float} Hz', function (this: QkdWorld, lineWidthHz: number) {
  change(this, ({ options }) => ({ options: { ...options, lineWidthHz } }));
});

Given('{trouble}', function (this: QkdWorld, trouble: string) {
  change(this, ({ faults }) => ({ faults: [...faults, troubles[trouble] ?? trouble] }));
});

Given('{side} has symbols of another source', function (this: QkdWorld, side: string) {
  change(this, ({ options }) => ({ options: { ...options, elsewhere: side } }));
});

Given(
  '{side} reads the seed of the hash from its other end',
  function (this: QkdWorld, _side: string) {
    change(this, ({ options }) => ({ options: { ...options, amplificationSeed: 'reversed' } }));
  },
);

Given('Bob reports the excess noise behind his detector', function (this: QkdWorld) {
  change(this, () => ({ pinned: { excessNoiseConvention: 'detector' } }));
});

When('Alice and Bob share a frame', async function (this: QkdWorld) {
  const played = await playedOver(this, links.get(this) ?? soundLink);
  sessions.set(this, played);
  this.log(JSON.stringify({ ...played.ledger, ...played.accounts }, null, 2));
  for (const { verdict, violation } of Object.values(played.verdicts)) {
    if (verdict === 'fail') throw new Broken(violation?.explanation ?? verdict);
  }
});

Then('both have the same key', function (this: QkdWorld) {
  const [first, ...others] = keys(this);
  expect(first !== undefined && others.length === 1, 'not both of them have a key');
  expect(first === others[0], `the keys differ: ${first}; ${others.join()}`);
});

Then('nobody has a key', function (this: QkdWorld) {
  expect(keys(this).length === 0, `there is a key of ${keys(this).join(' and ')}`);
});

Then('they have different keys', function (this: QkdWorld) {
  expect(new Set(keys(this)).size === 2, `the keys are ${keys(this).join(' and ')}`);
});

Then('{side} has said {messages}', function (this: QkdWorld, side: string, names: string[]) {
  expect(hasSaid(this, side, names), `${titled(side)} never said ${names.join(' or ')}`);
});

Then('{side} has not said {messages}', function (this: QkdWorld, side: string, names: string[]) {
  expect(!hasSaid(this, side, names), `${titled(side)} said ${names.join(' or ')}`);
});

Then('{int} of {int} block(s) is/are lost', function (this: QkdWorld, lost: number, all: number) {
  const found = account(this, 'blocks, lost');
  expect(found === `${all}, ${lost}`, `blocks and lost ones: ${found}`);
});

Then(
  'Bob finds a transmittance of {float} and an excess noise of {float} SNU',
  function (this: QkdWorld, transmittance: number, excessNoise: number) {
    const found = [account(this, 'T estimated'), account(this, 'xi estimated, SNU')];
    const isNear = [transmittance, excessNoise].every((truth, at) => agrees(found[at], truth));
    expect(isNear, `Bob found ${found.join(' and ')}`);
  },
);

Then(
  'Bob tells Alice of {float} times that excess noise',
  function (this: QkdWorld, times: number) {
    const own = parseFloat(account(this, 'xi estimated, SNU'));
    const told = Number(played(this).ledger['excess noise, SNU']);
    expect(Math.abs(told / own - times) < 1e-3, `he told ${told}, having found ${own}`);
  },
);

Then('a health test of the samples has noticed it', function (this: QkdWorld) {
  expect(account(this, 'health test') !== 'none', 'no health test noticed anything');
});

Then('the excess noise has given it away', function (this: QkdWorld) {
  expect(account(this, 'health test') === 'none', 'a health test noticed it first');
  const rate = account(this, 'key, bit/symbol');
  expect(rate.startsWith('none: Eve may know'), `the key rate is ${rate}`);
});

function change(world: QkdWorld, to: (story: LinkStory) => Partial<LinkStory>): void {
  const story = links.get(world) ?? soundLink;
  links.set(world, { ...story, ...to(story) });
}

async function playedOver(
  { protocol }: QkdWorld,
  { options: { elsewhere, ...options }, faults, pinned }: LinkStory,
): Promise<Played> {
  const said: { by: string; message: string }[] = [];
  const settings = settingsFor(protocol, { options: { ...options, faults }, pinned });
  const session = await duet({
    protocol,
    settings,
    seed: 42,
    signal: new AbortController().signal,
    watch: (by, line) => said.push({ by, message: keyOf(line) }),
    records: Object.fromEntries(
      Object.entries(protocol.sides)
        .filter(([side]) => side === elsewhere)
        .map(([side, record]) => [
          side,
          {
            ...record,
            memory: (random, own) =>
              record.memory(random, { ...own, options: { ...own.options, opticsSeed: 77 } }),
          },
        ]),
    ),
  });
  return { ...session, said };

  /** What is heard is told by its name on the wire, what is said by its key. */
  function keyOf(line: string): string {
    const [name = ''] = line.split(/[ ,]/);
    return /^[A-Z]/.test(name) ? messageNamed(protocol, name) : name;
  }
}

function played(world: QkdWorld): Played {
  const session = sessions.get(world);
  if (session === undefined) throw new Error('no frame was shared yet');
  return session;
}

function keys(world: QkdWorld): readonly string[] {
  return Object.values(played(world).accounts).flatMap((account) => {
    const key = account['final key'];
    return key === undefined ? [] : [String(key)];
  });
}

function account(world: QkdWorld, name: string): string {
  return String(played(world).accounts['bob']?.[name] ?? 'none');
}

function hasSaid(world: QkdWorld, side: string, names: readonly string[]): boolean {
  const wanted = names.map((name) => messageNamed(world.protocol, name));
  return played(world).said.some(({ by, message }) => by === side && wanted.includes(message));
}

/** `0.79 ± 0.01` against the truth: within four standard deviations. */
function agrees(found: string | undefined, truth: number): boolean {
  const [value = NaN, deviation = NaN] = (found ?? '').split(' ± ').map(Number);
  return Math.abs(value - truth) <= 4 * deviation;
}

function expect(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Broken(otherwise);
}
