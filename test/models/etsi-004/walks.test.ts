import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import {
  etsi004Model as model,
  misnaming,
  regions,
  streamEnd,
  type Etsi004Event,
  type Pending,
} from '#models/etsi-004/index.ts';
import { assumedReadings, flawKinds } from '#models/language/index.ts';
import { seededRandom, type Random } from '#src/base/random.ts';
import type { Position } from '#src/chart/chart.ts';
import { asked, chart, content, contents, conversationAt, ids, opened, start } from './speaking.ts';

/** What a stream's end may be in the context while its machine is in a state. */
const stages: Readonly<Record<string, readonly string[]>> = {
  idle: ['idle'],
  opening: ['opening'],
  doubtful: ['idle', 'doubtful', 'open'],
  open: ['open'],
  starting: ['open'],
  overtaken: ['open'],
  pushing: ['open'],
  acknowledging: ['open'],
  closing: ['open'],
  crossing: ['open'],
  closed: ['closed', 'idle'],
  late: ['closed'],
  expired: ['closed', 'idle'],
};

describe('random walks of two sides', () => {
  it('keep context and machine in step, and go where XState goes', () => {
    const visited = new Set<string>();
    let taken = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const random = seededRandom(seed);
      let at = start();
      let [snapshot] = initialTransition(model.session, {
        readings: assumedReadings(model.ambiguities),
      });
      for (let step = 0; step < 250; step += 1) {
        const event = anEvent(at, random);
        const next = chart.step(at, { ...event });
        if (next === null) continue;
        [snapshot] = transition(model.session, snapshot, event);
        expect(snapshot.context).toEqual(next.context);
        at = next;
        taken += 1;
        for (const state of at.place.states) visited.add(state);
        expect(outOfStep(at)).toEqual([]);
      }
    }

    expect(taken).toBeGreaterThan(2000);
    expect(visited.size).toBeGreaterThan(45);
  });
});

describe('the id that open-connect or its answer names', () => {
  it('tells whose requirement it breaks', () => {
    const named = (from: Position, event: Etsi004Event) =>
      misnaming({ context: conversationAt(from), event });
    const { requirements } = model;
    const call = (end: 'a' | 'b', id: string | null) => ({
      type: 'kms.openConnect' as const,
      ...asked(end, 'openConnect', id),
    });
    expect(named(start(), call('a', null))).toBeNull();
    expect(named(start(), call('b', ids.first))).toBeNull();
    expect(named(start(), call('a', ids.first))).toBe(requirements.sourceIdNull);
    expect(named(start(), call('b', null))).toBe(requirements.destinationIdGiven);

    const answer = (end: 'a' | 'b', id: string) => ({
      ...asked(end, 'openConnect', null),
      type: 'qkd-device.opened' as const,
      content: content('opened', { key_stream_id: id }),
    });
    const atDestination = chart.step(start(), call('b', ids.first)) ?? start();
    expect(named(atDestination, answer('b', ids.first))).toBeNull();
    expect(named(atDestination, answer('b', ids.second))).toBe(requirements.streamIdKept);
    const other = opened(start(), 'a', ids.first, 1);
    const atSource = chart.step(other, call('a', null)) ?? start();
    expect(named(atSource, answer('a', ids.second))).toBeNull();
    expect(named(atSource, answer('a', ids.first))).toBe(requirements.streamIdAssigned);
  });
});

/** A call, or the answer to one that awaits it; now and then a flaw. */
function anEvent(at: Position, random: Random): Etsi004Event {
  const side = random.pick(model.sides);
  const waiting = conversationAt(at).pending.filter(({ by }) => by !== side);
  const answers = waiting.length > 0 && random.below(3) > 0;
  const names = Object.entries(model.messages).flatMap(([message, row]) =>
    row.saidBy.some((speaker) => speaker === side) && answers !== 'method' in row ? [message] : [],
  );
  const message = random.pick(names);
  const known = contents(message, at);
  const value = known.length === 0 ? undefined : random.pick(known);
  const carried = {
    content: value,
    ...(answers ? over(random.pick(waiting)) : anew(side, random)),
  };
  if (random.below(25) > 0) return named(`${side}.${message}`, carried);
  const call = random.pick(['openConnect', 'getKey', 'close', 'keyMaterial']);
  return named(`${side}.${random.pick(Object.keys(flawKinds))}`, { ...carried, call });
}

/** The connection that a call came over. */
function over({ end, by, connection }: Pending) {
  return { end, by, connection };
}

/** One of two connections of a side, at either end. */
function anew(by: string, random: Random) {
  return { by, connection: random.below(2), end: random.pick(['a', 'b']) };
}

function named(type: string, carried: object): Etsi004Event {
  if (!isType(type)) throw new TypeError(`no event is called ${type}`);
  return { ...carried, type };
}

function isType(type: string): type is Etsi004Event['type'] {
  return type.startsWith('kms.') || type.startsWith('qkd-device.');
}

/** Regions whose context says something else than their machine. */
function outOfStep(at: Position): readonly string[] {
  const conversation = conversationAt(at);
  return Object.entries(regions).flatMap(([region, place]) => {
    const state = at.place.states.find((name) => name.startsWith(`${region}.`)) ?? '';
    const { stage } = streamEnd(conversation, place);
    const may = stages[state.slice(region.length + 1)] ?? [];
    return may.includes(stage) ? [] : [`${state} while ${stage}`];
  });
}
