import { describe, expect, it } from 'vitest';
import { member } from '#models/etsi-004/index.ts';
import { systemClock } from '#src/base/clock.ts';
import type { Case } from '#src/contract/case.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Profile } from '#src/contract/target.ts';
import { framingDialects } from '#src/protocols/etsi-004/framing/dialect.ts';
import { etsi004 } from '#src/protocols/etsi-004/index.ts';
import { applicable } from '#src/suite/applicable.ts';
import { reachTarget } from '#src/suite/reach.ts';
import { playCase, type Bench } from '#src/suite/run-case.ts';
import { profileOf } from '../bench.ts';

const dialects = Object.keys(framingDialects);
const many = 'etsi-004/framing-1.0.1';

interface Wish {
  readonly side: string;
  readonly dialect: string;
  readonly readings?: Readonly<Record<string, string>>;
  readonly protocol?: typeof etsi004;
}

async function benchFor(wish: Wish): Promise<Bench & AsyncDisposable> {
  const { side, dialect, readings = {}, protocol = etsi004 } = wish;
  const profile: Profile = { ...profileOf(side, null), dialect, readings };
  const reach = await reachTarget(protocol, profile, 1);
  const { signal } = new AbortController();
  const bench = { protocol, profile, reach, clock: systemClock, seed: 1, replyMs: 2000, signal };
  return { ...bench, [Symbol.asyncDispose]: () => reach[Symbol.asyncDispose]() };
}

const isOurs = ({ id }: Case) => /^etsi-004\/framing(?:-kms)?\//.test(id);

/** The cases that apply, without those that wait for a clock. */
const casesFor = ({ profile }: Bench) =>
  etsi004.cases.filter(
    (one) =>
      one.against === profile.side &&
      applicable(profile, one) === null &&
      one.tags?.includes('slow') !== true &&
      one.tags?.includes('choice') !== true,
  );

async function outcomes(bench: Bench, cases: readonly Case[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of cases) {
    const { verdict } = await playCase(bench, one);
    found.push(`${verdict.verdict} ${one.id}${verdict.violation?.requirement.id ?? ''}`);
  }
  return found;
}

const wrong = (all: readonly string[]) =>
  all.filter((one) => !/^(?:pass|notApplicable) /.test(one));

describe.each(dialects)('our sides in %s', (dialect) => {
  it('the QKD device passes every case that applies', async () => {
    await using bench = await benchFor({ side: 'qkd-device', dialect });
    const cases = casesFor(bench);
    expect(cases.filter(isOurs).length).toBeGreaterThan(20);
    expect(wrong(await outcomes(bench, cases))).toEqual([]);
  }, 60_000);

  it('the KMS passes every case that applies', async () => {
    await using bench = await benchFor({ side: 'kms', dialect });
    const cases = casesFor(bench);
    expect(cases.every(isOurs)).toBe(true);
    expect(wrong(await outcomes(bench, cases))).toEqual([]);
  }, 60_000);
});

describe('a device that reads otherwise is no worse', () => {
  it.each([
    ['getKeyBeforePeer', 'refused'],
    ['metadataWanted', 'tooSmall'],
    ['openWhilePeerAbsent', 'zero'],
    ['doubleClose', 'refused'],
    ['zeroQos', 'zero'],
    ['otherService', 'ignored'],
    ['counterProposalOpens', 'opens'],
  ])(
    '%s=%s',
    async (ambiguity, reading) => {
      await using bench = await benchFor({
        side: 'qkd-device',
        dialect: many,
        readings: { [ambiguity]: reading },
      });
      const all = await outcomes(
        bench,
        etsi004.cases.filter(isOurs).filter((one) => one.against !== 'kms'),
      );
      expect(all.filter((one) => /^(?:fail|warn|untestable) /.test(one))).toEqual([]);
    },
    60_000,
  );
});

/** Our device, with something wrong in all that it says. */
function deviceThat(bends: (utterance: Utterance) => Utterance): typeof etsi004 {
  const device = etsi004.sides['qkd-device'];
  if (device === undefined) throw new TypeError('no reference device');
  return { ...etsi004, sides: { ...etsi004.sides, 'qkd-device': { ...device, bends } } };
}

const given = (change: (content: object) => object) => (utterance: Utterance) => {
  const { message, content } = utterance;
  const isKey = message === 'getKeyAccepted' && typeof content === 'object' && content !== null;
  return isKey ? { ...utterance, content: { ...content, ...change(content) } } : utterance;
};
const framed = (frame: object) => (utterance: Utterance) => ({
  ...utterance,
  frame: { ...utterance.frame, ...frame },
});
const keyIn = (content: object) => Buffer.from(String(member(content, 'key_buffer')), 'base64');

describe('a device that is wrong in one place is found out', () => {
  let asked = 0;
  it.each([
    ['version', framed({ version: [1, 0, 0] }), 'keys-at-both-ends', 'frameVersion'],
    ['service', framed({ service: 9 }), 'keys-at-both-ends', 'frameService'],
    ['other index', given(() => ({ index: 77 })), 'keys-at-both-ends', 'pulledIndex'],
    [
      'short keys',
      given((content) => ({ key_buffer: keyIn(content).subarray(1).toString('base64') })),
      'keys-at-both-ends',
      'chunkSizeKept',
    ],
    [
      'other keys each time',
      given((content) => {
        asked += 1;
        const key = Buffer.from(keyIn(content).map((byte) => byte ^ asked));
        return { key_buffer: key.toString('base64') };
      }),
      'index-order-free',
      'keysEqual',
    ],
    [
      'one key for all indices',
      given((content) => ({
        key_buffer: Buffer.alloc(keyIn(content).length, 7).toString('base64'),
      })),
      'keys-at-both-ends',
      'keysFresh',
    ],
  ] as const)('%s', async (_, bends, name, requirement) => {
    const protocol = deviceThat(bends);
    await using bench = await benchFor({ side: 'qkd-device', dialect: many, protocol });
    const played = etsi004.cases.find(({ id }) => id === `etsi-004/framing/${name}`);
    if (played === undefined) throw new RangeError(`no case ${name}`);
    const { verdict } = await playCase(bench, played);
    expect(verdict.violation?.requirement.id).toBe(`etsi-004/${requirement}`);
  });
});
