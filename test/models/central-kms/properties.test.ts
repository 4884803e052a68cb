import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import {
  centralKmsModel as model,
  misfit,
  proofs,
  responseNamed,
  spoiled,
  type CentralKmsEvent,
} from '#models/central-kms/index.ts';
import { flawKinds, type Readings } from '#models/language/index.ts';
import type { Position } from '#src/chart/chart.ts';
import {
  attempt,
  challenged,
  chart,
  conversationAt,
  contents,
  readings,
  result,
  take,
  wrong,
} from './speaking.ts';

const types: readonly CentralKmsEvent['type'][] = model.sides.flatMap((side) => [
  ...Object.entries(model.messages).flatMap(([message, { saidBy }]) =>
    saidBy.some((speaker) => speaker === side) ? [named(`${side}.${message}`)] : [],
  ),
  ...[...Object.keys(flawKinds), 'closes'].map((name) => named(`${side}.${name}`)),
]);

/** Any readings at once, deviant ones among them. */
const anyReadings: fc.Arbitrary<Readings> = fc.record(
  Object.fromEntries(
    Object.entries(model.ambiguities).map(([key, row]) => [
      key,
      fc.constantFrom(...Object.keys(row.readings)),
    ]),
  ),
);

const ids = fc.constantFrom<unknown>('r-1', 'c-1', 'c-2', 'b-1', 'x', 7, null);
const codes = fc.constantFrom(-32700, -32600, -32601, -32602, -32603, 40001, 40004, 40005, 120);
const methods = fc.constantFrom('register', 'challenge', 'batch', 'inquiry', 'healthcheck', 'y');

/** Something like JSON-RPC: calls, results and errors, with members that are likely to fit. */
const likely = fc.oneof(
  fc.record({ jsonrpc: fc.constant('2.0'), id: ids, method: methods, params: fc.anything() }),
  fc.record(
    { jsonrpc: fc.constant('2.0'), id: ids, method: methods, params: fc.object() },
    { requiredKeys: ['method'] },
  ),
  fc.record({ id: ids, result: fc.anything() }),
  fc.record({ id: ids, error: fc.record({ code: codes }) }),
);

/** One event; where it is told to, with one of the contents that the model itself makes. */
const anEvent = fc.record({
  type: fc.constantFrom(...types),
  made: fc.option(fc.nat(20), { freq: 2 }),
  content: fc.oneof({ weight: 4, arbitrary: likely }, fc.anything({ withBigInt: true })),
  proof: fc.constantFrom<unknown>(...proofs, undefined, 1),
  fault: fc.constantFrom<unknown>(undefined, undefined, 'frame', 'binary', 'upgrade', 'parse', {}),
  closeCodes: fc.constantFrom<unknown>(undefined, [1002], 'x', [null]),
  large: fc.boolean(),
});
type AnEvent = typeof anEvent extends fc.Arbitrary<infer One> ? One : never;

function eventAt(at: Position, { made, ...event }: AnEvent): CentralKmsEvent {
  const known = contents(event.type.slice(event.type.indexOf('.') + 1), at);
  return made === null || known.length === 0
    ? event
    : { ...event, content: known[made % known.length] };
}

/** Goes as far as events are legal. */
function walk(from: Position, events: readonly AnEvent[], visit: (at: Position) => void): void {
  let at = from;
  for (const one of events) {
    at = chart.step(at, { ...eventAt(at, one) }) ?? at;
    visit(at);
  }
}

const successes = ['registered', 'challengeAccepted', 'batchStored'] as const;

/** Results by which the KMS could tell of success now. */
function successful(at: Position): readonly string[] {
  const waiting = conversationAt(at).calls.filter(({ by }) => by === 'sidecar');
  return successes.filter((message) =>
    [...contents(message, at), ...waiting.map(({ id }) => result(message, id).content)].some(
      (content) => attempt(at, `central-kms.${message}`, { content }) !== null,
    ),
  );
}

describe('a failed challenge', () => {
  it('never leads to success, whatever is said later and however it is read', () => {
    let said = 0;
    fc.assert(
      fc.property(
        anyReadings,
        fc.constantFrom('wrongBatch', 'wrongRow', 'wrongBoth'),
        fc.constantFrom('unauthentic', 'misplaced'),
        fc.array(anEvent, { minLength: 8, maxLength: 25, size: 'max' }),
        (pinned, proof, flaw, events) => {
          const keyed = { ...pinned, inquiryFrom: 'anytime', rowKeyForm: 'aes256' };
          const failed = take(challenged(keyed), `sidecar.${flaw}`, wrong(proof));
          expect(successful(failed)).toEqual([]);
          walk(failed, events, (at) => {
            said += 1;
            expect(at.place.states).not.toContain('connection.registered');
            expect(conversationAt(at).isRegistered).toBe(false);
            expect(successful(at)).toEqual([]);
          });
        },
      ),
      { seed: 1, numRuns: 150 },
    );
    expect(said).toBeGreaterThan(1000);
  }, 240_000);

  it('is told from one that succeeds: that one does', () => {
    const proved = take(challenged(), 'sidecar.challenge', wrong('right'));
    expect(successful(proved)).toEqual(['challengeAccepted']);
  });
});

describe('guards and memory', () => {
  it('are total on any content, under any readings', () => {
    let taken = 0;
    fc.assert(
      fc.property(
        anyReadings,
        fc.array(anEvent, { minLength: 8, maxLength: 25, size: 'max' }),
        (pinned, events) => {
          const from = challenged({ ...pinned, rowKeyForm: 'aes256' });
          let at: Position = from;
          for (const one of events) {
            const event = eventAt(at, one);
            const context = conversationAt(at);
            misfit({ context, event });
            spoiled({ context, event });
            responseNamed(context, 'central-kms', event.content);
            responseNamed(context, 'sidecar', event.content);
            const next = chart.step(at, { ...event });
            if (next !== null) taken += 1;
            at = next ?? at;
          }
        },
      ),
      { seed: 2, numRuns: 200 },
    );
    expect(taken).toBeGreaterThan(300);
  }, 240_000);

  it('are total where XState asks them, from the very beginning', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 12 }), (events) => {
        let [snapshot] = initialTransition(model.session, { readings: readings() });
        for (const { made: _, ...event } of events) {
          [snapshot] = transition(model.session, snapshot, event);
        }
        expect(snapshot.status).toBe('active');
      }),
      { seed: 3, numRuns: 60 },
    );
  }, 240_000);
});

function named(type: string): CentralKmsEvent['type'] {
  if (!isType(type)) throw new TypeError(`no event is called ${type}`);
  return type;
}

function isType(type: string): type is CentralKmsEvent['type'] {
  return type.startsWith('central-kms.') || type.startsWith('sidecar.');
}
