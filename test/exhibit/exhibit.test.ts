import { describe, expect, it } from 'vitest';
import type { ExhibitStep, FrameTree } from '#src/contract/exhibit.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { exhibitOf } from '#src/exhibit/exhibit.ts';
import { FrameCutter } from '#src/exhibit/frame-cutter.ts';
import { judge } from '#src/judge/judge.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import { settingsFor } from '#src/contract/choose.ts';
import { Script } from '../judge/script.ts';
import { played, shown } from './played.ts';

const unknownVersion = { content: { serial_number: 'QOSST/0002', qosst_version: 'QOSST/9.9' } };

function text({ name, value, children }: FrameTree): string {
  return [`${name}: ${value ?? ''}`, ...children.map(text)].join('\n');
}

function said({ steps }: { readonly steps: readonly ExhibitStep[] }, by: string) {
  return steps.filter((step) => step.kind === 'said' && step.by === by);
}

describe('a trace laid out', () => {
  const wrong = new Script()
    .bob('identificationRequest', unknownVersion)
    .alice('identificationResponse')
    .closed('player');

  it('tells who did what, and where the session may stand behind it', () => {
    const { exhibit } = shown(new Script().identified().closed('player').trace());
    expect(exhibit).toMatchObject({ peer: 'alice', player: 'bob', wrongAt: null, allowed: [] });
    expect(exhibit.steps.map(({ kind, by }) => `${kind} ${by}`)).toEqual([
      'opened null',
      'said bob',
      'said alice',
      'closed bob',
    ]);
    expect(exhibit.steps[1]?.states).toContain('identification.answering');
    expect(exhibit.steps[2]?.line).toBe('IDENTIFICATION_RESPONSE (101), 31 bytes of content');
  });

  it('points at the frame that is wrong, and shows what was allowed there as a frame', () => {
    const { exhibit } = shown(wrong.trace());
    expect(exhibit.steps[exhibit.wrongAt ?? -1]).toMatchObject({ by: 'alice', states: [] });
    expect(exhibit.allowed.map(({ message }) => message)).toEqual(['invalidQosstVersion']);
    const tree = exhibit.allowed.map(({ frame }) => text(frame.tree)).join('\n');
    expect(tree).toContain('code: 102');
    expect(tree).toContain('qosst_version: "QOSST/0.2"');
  });

  it('points at a silence, too', () => {
    const { exhibit } = shown(new Script().bob('identificationRequest').silence(900).trace());
    expect(exhibit.steps[exhibit.wrongAt ?? -1]?.line).toBe('alice says nothing for 900 ms');
    expect(exhibit.allowed.map(({ message }) => message)).toContain('identificationResponse');
  });

  it('walks under readings that a profile pins, also where something else is wrong', () => {
    const pinned = { refusalContent: 'optional' };
    const trace = new Script('alice', pinned)
      .identified()
      .bob('qieTrigger')
      .alice('unexpectedCommand', { content: undefined })
      .bob('identificationRequest', unknownVersion)
      .alice('identificationResponse')
      .trace();
    const verdict = judge(qosst, trace, pinned);
    expect(exhibitOf(qosst, trace, verdict, pinned)).toMatchObject({ wrongAt: 6 });
    expect(exhibitOf(qosst, trace, verdict, pinned).steps[4]?.states).not.toEqual([]);
  });

  it.each([1, 7, 4096])('gives the same frames in pieces of %i bytes', (size) => {
    const trace = new Script().exchanged().trace();
    const whole = shown(trace).exhibit;
    const cut = shown(inPieces(trace, size)).exhibit;
    const frames = (steps: readonly ExhibitStep[]) =>
      steps.flatMap(({ frame }) =>
        frame === null ? [] : Buffer.from(frame.bytes).toString('hex'),
      );
    expect(frames(cut.steps)).toEqual(frames(whole.steps));
  });

  it('cuts frames apart that came at once', () => {
    const events = new Script().exchanged().trace().events;
    const sent = events.flatMap((event) => (event.kind === 'sent' ? [event.bytes] : []));
    const cutter = new FrameCutter(() => qosst.reader(settingsFor(qosst)), { isBundle: false });
    expect(cutter.push(Buffer.concat(sent)).map(({ bytes }) => bytes.length)).toEqual(
      sent.map(({ length }) => length),
    );
    cutter.push(Buffer.concat(sent).subarray(0, 20));
    expect(cutter.rest().map(({ length }) => length)).toEqual([20]);
  });

  it('shows what was begun and came to nothing', () => {
    const half = new Uint8Array([0, 90, 0]);
    const { exhibit } = shown(new Script().bytes('alice', half).closed().trace());
    expect(exhibit.steps.map(({ line }) => line)).toContain('3 bytes of a frame that does not end');
  });
});

describe('what a frame means', () => {
  it('is told of QOSST by its header and content', () => {
    const { exhibit } = shown(new Script().identified().trace());
    const [first] = said(exhibit, 'bob');
    const tree = first?.frame === undefined || first.frame === null ? '' : text(first.frame.tree);
    expect(tree).toMatch(/header: \ncode: 100\ncontent_length: \d+\nchallenge: ""/);
    expect(tree).toMatch(/digest: [\da-f]{64}/);
  });

  it('is told of KMIP by names and types, and of keys by length and digest', async () => {
    const { exhibit } = await played('reference:kmip/server', async (player) => {
      await player.say('create');
      await player.say('get');
    });
    const frame = said(exhibit, 'server').at(-1)?.frame;
    if (frame === undefined || frame === null) throw new Error('no answer');
    const [range] = frame.secret;
    const key = Buffer.from(frame.bytes).toString('hex', range?.from, range?.to);
    expect(key).toHaveLength(64);
    expect(text(frame.tree)).toContain('ResultStatus (Enumeration): Success (0x00000000)');
    expect(text(frame.tree)).toMatch(
      /KeyMaterial \(ByteString\): 32 bytes \(SHA-256 [\da-f]{12}…\)/,
    );
    expect(text(frame.tree)).not.toContain(key);
  });

  it('is told of ETSI 004 by connection, and the bytes of each are its own', async () => {
    const { exhibit } = await played('reference:etsi-004/qkd-device', async (player) => {
      await player.walk('oneB.pushing');
      await player.listen(50);
    });
    const pushes = said(exhibit, 'qkd-device').filter(
      ({ frame }) => frame?.message === 'keyMaterial',
    );
    const [frame] = pushes.map((push) => push.frame);
    if (frame === undefined || frame === null) throw new Error('nothing was pushed');
    const raw = Buffer.from(frame.bytes).toString('latin1');
    expect(raw).toMatch(/^POST \S+ HTTP\/1\.1\r\n/);
    const [range] = frame.secret;
    expect(raw.slice((range?.from ?? 0) - 15, range?.from)).toMatch(/"key_buffer": ?"$/);
    expect(text(frame.tree)).toMatch(/key_buffer: 32 bytes \(SHA-256/);
    expect(text(frame.tree)).not.toContain(raw.slice(range?.from, range?.to));
  });

  it('is told of the central KMS by its message; what was allowed is one, too', async () => {
    const target = 'reference:central-kms/central-kms?mutant=kms-row-key-cut';
    const { exhibit } = await played(target, async (player) => {
      await player.say('upgrade');
      await player.say('register');
    });
    const wrong = exhibit.steps[exhibit.wrongAt ?? -1]?.frame;
    expect(wrong?.secret).toHaveLength(2);
    expect(wrong === undefined || wrong === null ? '' : text(wrong.tree)).toContain(
      'rowKey: 62 characters (SHA-256',
    );
    const [registered] = exhibit.allowed;
    expect(registered?.message).toBe('registered');
    expect(registered?.frame.bytes[0]).toBe(0x81);
  });
});

/** The same trace, every event of bytes cut up. */
function inPieces(trace: Trace, size: number): Trace {
  const events = trace.events.flatMap((event): readonly TraceEvent[] => {
    if (!('bytes' in event)) return [event];
    const { bytes } = event;
    const count = Math.ceil(bytes.length / size);
    return Array.from({ length: count }, (_, index) => ({
      ...event,
      bytes: bytes.subarray(index * size, (index + 1) * size),
    }));
  });
  return { ...trace, events };
}
