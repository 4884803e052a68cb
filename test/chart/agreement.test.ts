import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { flawKinds } from '#models/language/index.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import {
  chart,
  codeOf,
  contentsUnder,
  inputUnder,
  leavesOf,
  legalEvents,
  machine,
  wayTo,
} from './walk.ts';

const { model } = qosst;
const messageEvents = Object.entries(model.messages).flatMap(([message, { saidBy }]) =>
  saidBy.map((side) => ({ type: `${side}.${message}`, code: codeOf(message) })),
);
const flawEvents = model.sides.flatMap((side) => [
  ...Object.keys(flawKinds).map((flaw) => ({ type: `${side}.${flaw}` })),
  { type: `${side}.closes` },
]);
/** Nobody listens to these by name. */
const strangeEvents = [{ type: 'bob.nonsense' }, { type: 'carol.abort' }, { type: 'xstate.init' }];
const everyEvent: readonly ModelEvent[] = [...messageEvents, ...flawEvents, ...strangeEvents];

const oddContents = fc.oneof(
  fc.constantFrom(undefined, null, 0, '', [], {}, Number.NaN),
  fc.constantFrom(...Object.values(model.messages).map(({ example }) => example)),
  fc.record(
    {
      code: fc.constantFrom<unknown>(10, 200n, 200, '200', null),
      frame_uuid: fc.constantFrom<unknown>('9F0B6EA4-9e8c-11ed-8b23-0028f86a9730', '', 7),
      key_rate: fc.constantFrom<unknown>(0, 1, -1, Number.NaN, 'x'),
      indices: fc.constantFrom<unknown>([], [0], [-1], [2 ** 40], 'x'),
      parameter: fc.constantFrom<unknown>('frame.quantum.roll_off', 'x'),
      value: fc.constantFrom<unknown>(0.3, 1, { a: 1 }),
      new_value: fc.constantFrom<unknown>(0.3, 1, { a: 1 }),
      qosst_version: fc.constantFrom<unknown>('QOSST/0.2', 'QOSST/9'),
    },
    { requiredKeys: [] },
  ),
);

/** Mostly legal, else every session would end in a refusal; the number picks which. */
const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ legal: fc.nat(200) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        odd: fc.constantFrom(...everyEvent),
        content: oddContents,
        code: fc.constantFrom<unknown>(undefined, 17, 10, 1000, 'x'),
        lost: fc.boolean(),
        nextChallenge: fc.constantFrom<unknown>(undefined, 'c', 7, null),
      }),
    },
  ),
  { maxLength: 60, size: 'max' },
);

const pinned = fc
  .array(
    fc.constantFrom(
      ...Object.entries(model.ambiguities).flatMap(([key, { readings }]) =>
        Object.keys(readings).map((reading) => [key, reading] as const),
      ),
    ),
    { maxLength: 12 },
  )
  .map((pairs) => Object.fromEntries(pairs));

type Step = typeof steps extends fc.Arbitrary<(infer One)[]> ? One : never;

/** Where a walk begins to be random: behind the shortest way there. */
const from = fc.constantFrom(...chart.states);

function chosen(step: Step, legal: readonly ModelEvent[]): ModelEvent {
  if ('legal' in step) return legal[step.legal % legal.length] ?? { type: 'bob.nonsense' };
  const { odd, ...rest } = step;
  return { ...rest, ...odd };
}

describe('the chart of a machine', () => {
  const seen = { steps: 0, refused: 0, states: new Set<string>(), transitions: new Set<string>() };

  it("goes where XState's own transition() goes, on random walks legal and illegal", () => {
    const law = fc.property(pinned, from, steps, (readings, state, walk) => {
      const contents = contentsUnder(readings);
      const input = inputUnder(readings);
      let position = chart.initial(input);
      let [snapshot] = initialTransition(machine, input);
      for (const step of [...wayTo(state), ...walk]) {
        const event = 'type' in step ? step : chosen(step, legalEvents(position, contents));
        const next = chart.step(position, event);
        const offered = namedTransitions(snapshot, event);
        expect(next !== null, `${event.type} is offered`).toBe(offered > 0);
        seen.refused += next === null ? 1 : 0;
        if (next === null) continue;
        [snapshot] = transition(machine, snapshot, event);
        seen.steps += 1;
        for (const name of next.transitions) seen.transitions.add(name);
        for (const name of next.place.states) seen.states.add(name);
        expect(next.place.states).toEqual(leavesOf(snapshot));
        expect(next.place.tags).toEqual(snapshot.tags);
        if (!isDeepStrictEqual(next.context, snapshot.context)) {
          expect(next.context).toEqual(snapshot.context);
        }
        position = next;
      }
    });
    fc.assert(law, { seed: 7, numRuns: 1000 });
  });

  it('was walked far enough to mean something', () => {
    expect(seen.steps).toBeGreaterThan(5000);
    expect(seen.refused).toBeGreaterThan(300);
    expect(seen.states.size).toBeGreaterThan(0.9 * chart.states.length);
    expect(seen.transitions.size).toBeGreaterThan(0.7 * chart.transitions.length);
  });

  it('offers in every place what XState offers, event by event', () => {
    const law = fc.property(from, (state) => {
      const input = inputUnder({});
      let position = chart.initial(input);
      let [snapshot] = initialTransition(machine, input);
      for (const event of wayTo(state)) {
        position = chart.step(position, event) ?? position;
        [snapshot] = transition(machine, snapshot, event);
      }
      for (const event of everyEvent) {
        const offered = namedTransitions(snapshot, event) > 0;
        expect([event.type, chart.step(position, event) !== null]).toEqual([event.type, offered]);
      }
    });
    fc.assert(law, { seed: 11, numRuns: 60 });
  });

  it('changes nothing that it was given', () => {
    const input = inputUnder({});
    const start = chart.initial(input);
    const before = structuredClone(start.context);
    const [event] = legalEvents(start, contentsUnder({}));
    expect(event && chart.step(start, event)?.context).not.toEqual(before);
    expect(start.context).toEqual(before);
  });
});

/** Transitions that XState would take and that are not wildcards. */
function namedTransitions(
  snapshot: ReturnType<typeof initialTransition<typeof machine>>[0],
  event: ModelEvent,
): number {
  const taken = machine.getTransitionData(snapshot, event);
  return taken.filter(({ eventType }) => !eventType.endsWith('*')).length;
}
