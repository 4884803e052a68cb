import { describe, expect, it } from 'vitest';
import { seededRandom } from '#src/base/random.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Perceived } from '#src/contract/frame.ts';
import { centralKms } from '#src/protocols/central-kms/index.ts';
import type { FrameBend } from '#src/wire/websocket/frame-writer.ts';
import { repeatsName } from '#src/protocols/central-kms/json-names.ts';
import { call, challenged, connected, registered } from '../../models/central-kms/speaking.ts';

type From = ReturnType<typeof connected>;

const settings = settingsFor(centralKms);

/** What the KMS sees of a text that the sidecar says. */
function heard(raw: string | Uint8Array, from: From, frame: FrameBend = {}): Perceived {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const making = { position: from, settings, random: seededRandom(1) };
  const bend = { raw: bytes, kind: 'text' as const, ...frame };
  const said = centralKms.compose({ message: 'ping', frame: bend }, 'sidecar', making);
  const reader = centralKms.reader(settings);
  reader.push(centralKms.compose({ message: 'upgrade' }, 'sidecar', making).bytes);
  const [one] = reader.push(said.bytes);
  if (one === undefined) throw new RangeError('no frame');
  return centralKms.perceive(one, 'sidecar', from, settings);
}

const flawsOf = ({ flaws }: Perceived) =>
  flaws.map(({ kind, requirement }) => `${kind} ${requirement.id.replace('central-kms/', '')}`);

describe('a text message', () => {
  it.each([
    ['{', ['malformed jsonGrammar']],
    ['[]', ['malformed methodGiven']],
    ['1', ['malformed methodGiven']],
    ['{"jsonrpc":"2.0","id":"1","method":"nothing"}', ['unknown methodKnown']],
    ['{"jsonrpc":"2.0","id":"1","method":"rpc.x"}', ['unknown reservedNames']],
    ['{"jsonrpc":"2.0","id":"1","method":"register","params":1}', ['unfit paramsStructured']],
    ['{"jsonrpc":"2.0","id":"1","method":"register","params":[]}', ['unfit paramsByName']],
    ['{"jsonrpc":"2.0","id":"1","method":"register"}', ['unfit registerContent']],
    ['{"jsonrpc":"2.0","method":"register","params":{}}', ['unfit commandIdGiven']],
    ['{"id":"1","method":"register"}', ['malformed versionGiven', 'unfit registerContent']],
  ])('%s breaks %j', (raw, flaws) => {
    expect(flawsOf(heard(raw, connected()))).toEqual(flaws);
  });

  it('is a call where nothing is wrong with it', () => {
    const perceived = heard(JSON.stringify(call('register').content), connected());
    expect(perceived).toMatchObject({ message: 'register', flaws: [] });
  });

  it('is not looked into where its frame is broken', () => {
    const perceived = heard('{}', connected(), { rsv: 2 });
    expect(flawsOf(perceived)).toEqual(['malformed reservedBitsZero']);
    expect(perceived.payload).toMatchObject({ fault: 'frame', closeCodes: [1002] });
    const cut = heard(Buffer.from('7b80', 'hex'), connected());
    expect(cut.payload).toMatchObject({ fault: 'frame', closeCodes: [1007] });
  });
});

describe('a challenge', () => {
  const said = (change: Readonly<Record<string, unknown>>) =>
    heard(JSON.stringify(call('challenge', change).content), challenged());

  it('is right, or wrong in what is wrong', () => {
    expect(said({})).toMatchObject({ flaws: [], payload: { proof: 'right' } });
    expect(said({ batchSignature: '00'.repeat(64) })).toMatchObject({
      payload: { proof: 'wrongBatch' },
      flaws: [{ kind: 'unauthentic' }],
      mended: null,
    });
    expect(flawsOf(said({ rowSignature: '00'.repeat(12) }))).toEqual(['unauthentic cmacWhole']);
    expect(said({ rowSignature: 'x' }).payload).toMatchObject({ proof: 'malformed' });
  });

  it('may be misplaced once there is nothing to prove any more', () => {
    const again = heard(JSON.stringify(call('challenge').content), registered());
    expect(again.flaws).toEqual([]);
  });
});

describe('names of members', () => {
  it.each([
    ['{"a":1,"b":{"a":2}}', false],
    ['{"a":1,"\\u0061":2}', true],
    ['[{"a":1},{"a":2}]', false],
    ['{"a":"\\"a\\":","b":1}', false],
    ['{"b":[{"c":1,"c":2}]}', true],
  ])('of %s repeat: %s', (text, repeats) => {
    expect(repeatsName(text)).toBe(repeats);
  });
});
