import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Readings } from '#models/language/index.ts';
import type { Trace, TraceEvent } from '#src/contract/trace.ts';
import { judge } from '#src/judge/judge.ts';
import { FrameReader } from '#src/protocols/qosst/codec/reader.ts';
import { qosst } from '#src/protocols/qosst/index.ts';

interface Recorded {
  readonly name: string;
  readonly direction: string;
  readonly hex: string;
}

const file = new URL('../../../shared/data/qosst/sessions.json', import.meta.url);
const isThere = existsSync(file);
const recorded: readonly Recorded[] = isThere ? JSON.parse(readFileSync(file, 'utf8')) : [];

/** What qosst-alice 0.10 does against the documents, as far as readings can say it. */
const asDeployed: Readings = { refusalContent: 'optional', refusalEcho: 'pending' };

describe('the sessions recorded from qosst-alice 0.10.0 and qosst-bob 0.10.2', () => {
  if (!isThere) it.skip('are read from ../shared/data/qosst/sessions.json, which is not there');

  describe.runIf(isThere)('alice-full-session, with real Alice as the peer', () => {
    const trace = traceOf('alice-full-session', 'alice');

    it('fails at her first refusal, which does not return the code', () => {
      const { verdict, violation } = judge(qosst, trace);
      expect(verdict).toBe('fail');
      expect(violation).toMatchObject({
        kind: 'content',
        requirement: { id: 'qosst/unexpectedCommandReturnsCode' },
        actual: expect.stringContaining('UNEXPECTED_COMMAND (11)'),
      });
      expect(framesBefore(trace, violation?.at ?? 0)).toBe(29);
    });

    it('fails under readings that allow her refusals, where she refuses content as a command', () => {
      const { verdict, violation, readings } = judge(qosst, trace, asDeployed);
      expect(verdict).toBe('fail');
      expect(readings).toEqual(['estimationAfterVerdict=accepted']);
      expect(violation).toMatchObject({
        kind: 'answer',
        requirement: { id: 'qosst/invalidContentAnswered' },
        actual: 'UNEXPECTED_COMMAND (11)',
      });
      expect(framesBefore(trace, violation?.at ?? 0)).toBe(29);
    });
  });

  describe.runIf(isThere)('real-bob-session', () => {
    const trace = traceOf('real-bob-session', 'bob');

    it('jumps in its challenges where frames were left out, and only there', () => {
      const omitted = trace.events.filter(({ kind }) => kind === 'omitted');
      expect(omitted.length).toBeGreaterThan(0);
      expect(omitted.length).toBeLessThan(5);
    });

    it('passes, with real Bob as the peer, up to where it stops', () => {
      expect(judge(qosst, trace)).toMatchObject({ verdict: 'pass', readings: [] });
    });

    it('fails once real Bob goes without DISCONNECTION', () => {
      const atMs = trace.events.length;
      const gone: TraceEvent = { kind: 'closed', by: 'peer', how: 'end', atMs };
      const { verdict, violation } = judge(qosst, { ...trace, events: [...trace.events, gone] });
      expect(verdict).toBe('fail');
      expect(violation?.requirement.id).toBe('qosst/disconnectBeforeLeaving');
    });

    it('passes, with the Alice who answered as the peer', () => {
      expect(judge(qosst, traceOf('real-bob-session', 'alice')).verdict).toBe('pass');
    });

    it('fails where the jumps are not marked', () => {
      const unmarked = trace.events.filter(({ kind }) => kind !== 'omitted');
      const { violation } = judge(qosst, { ...trace, events: unmarked });
      expect(violation?.requirement.id).toBe('qosst/challengeEchoed');
    });
  });
});

/** The frames of one recording; `omitted` stands where a challenge is not the one issued last. */
function traceOf(name: string, peer: 'alice' | 'bob'): Trace {
  const events: TraceEvent[] = [{ kind: 'opened', atMs: 0 }];
  const issued: Record<string, unknown> = {};
  for (const { direction, hex } of recorded.filter((one) => one.name === name)) {
    const bytes = Buffer.from(hex, 'hex');
    const speaker = direction === 'client->server' ? 'bob' : 'alice';
    const listener = speaker === 'bob' ? 'alice' : 'bob';
    const header = headerOf(bytes);
    const jumps = ![undefined, header['challenge']].includes(issued[speaker]);
    const atMs = events.length;
    if (jumps && header['code'] !== 100 && !isRefusal(header['code'])) {
      events.push({ kind: 'omitted', note: 'frames of 80 to 550 kB', atMs });
    }
    events.push({ kind: speaker === peer ? 'received' : 'sent', bytes, atMs });
    issued[listener] = header['next_challenge'];
  }
  return { protocol: 'qosst', dialect: 'qosst/0.2', peer, options: {}, seed: 0, events };
}

function isRefusal(code: unknown): boolean {
  return [10, 12, 17].some((refusal) => refusal === code);
}

function headerOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const [frame] = new FrameReader({ lengthOrder: 'headerFirst', specials: true }).push(bytes);
  return frame?.header.ok === true ? Object(frame.header.value) : {};
}

/** Frames in a trace before one of its events. */
function framesBefore(trace: Trace, at: number): number {
  return trace.events.slice(0, at).filter((event) => 'bytes' in event).length;
}
