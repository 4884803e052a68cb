import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { Chart } from '#src/chart/chart.ts';
import { chartOf } from '#src/chart/chart-of.ts';
import type { Position } from '#src/contract/position.ts';
import { toy, untabled } from './toy.ts';

const chart = new Chart(toy);
const start = chart.initial({ start: 0 });

/** The position after some events, each of them legal. */
function after(...events: readonly { readonly type: string; readonly by?: number }[]): Position {
  let position = start;
  for (const event of events) {
    const step = chart.step(position, event);
    if (step === null) throw new Error(`${event.type} is not offered`);
    position = step;
  }
  return position;
}

const begin = { type: 'a.begin' };
const next = { type: 'a.next' };
const pause = { type: 'a.pause' };
const resume = { type: 'a.resume' };

describe('a chart', () => {
  it('begins in the initial states, with the context that the input gives', () => {
    expect(start.place.states).toEqual(['work.idle', 'ear']);
    expect(start.context).toEqual({ count: 0, last: null });
  });

  it('lists all leaves and all transitions, but for wildcards', () => {
    expect(chart.states).toEqual([
      ...['work.idle', 'busy.first', 'busy.second', 'work.paused', 'work.tired', 'ear'],
    ]);
    expect(chart.transitions).toEqual([
      ...['work.idle:a.begin:0', 'work.idle:a.begin:1'],
      ...['work.busy:a.pause:0', 'work.busy:a.add:0'],
      ...['busy.first:a.next:0', 'busy.second:a.add:0'],
      ...['work.paused:a.resume:0', 'work.paused:a.begin:0'],
    ]);
  });

  it('refuses what no state offers', () => {
    expect(chart.step(start, next)).toBeNull();
    expect(chart.step(start, { type: 'a' })).toBeNull();
  });

  it('lets a wildcard listen, and never makes an event legal by it', () => {
    expect(chart.step(start, { type: 'a.unheard' })).toBeNull();
    expect(after(begin).context).toEqual({ count: 0, last: 'a.begin' });
  });

  it('does not take a wildcard that would change the state', () => {
    const tired = chart.step(chart.initial({ start: 3 }), begin);
    expect(tired?.place.states).toContain('work.tired');
    expect(tired && chart.step(tired, next)).toBeNull();
  });

  it('asks guards in their order, on the context and on the event', () => {
    expect(chart.step(chart.initial({ start: 3 }), begin)?.transitions).toEqual([
      'work.idle:a.begin:0',
    ]);
    const busy = after(begin);
    expect(chart.step(busy, { type: 'a.add', by: 0 })).toBeNull();
    expect(chart.step(busy, { type: 'a.add', by: 5 })?.context).toMatchObject({ count: 5 });
  });

  it('prefers the inner transition and takes its updates one after the other', () => {
    const step = chart.step(after(begin, next), { type: 'a.add', by: -2 });
    expect(step?.transitions).toEqual(['busy.second:a.add:0']);
    expect(step?.context).toEqual({ count: -4, last: 'a.add' });
  });

  it('remembers by a history state where it was', () => {
    expect(after(begin, next, pause, resume).place.states).toContain('busy.second');
    expect(after(begin, pause, resume).place.states).toContain('busy.first');
  });

  it('tells places with another past apart, and forgets a past that no longer counts', () => {
    const first = after(begin, pause).place;
    const second = after(begin, next, pause).place;
    expect(first.states).toEqual(second.states);
    expect(first.index).not.toBe(second.index);
    expect(after(begin, pause, begin).place.index).toBe(after(begin).place.index);
    expect(after(begin, next, pause, begin).place.index).toBe(after(begin).place.index);
  });

  it('collects the tags of all active states', () => {
    expect([...after(begin, next).place.tags].sort()).toEqual(['busy', 'deep']);
    expect(start.place.tags.size).toBe(0);
  });

  it('says what a place listens to, without wildcards', () => {
    expect([...start.place.listens]).toEqual(['a.begin']);
    expect([...after(begin).place.listens].sort()).toEqual(['a.add', 'a.next', 'a.pause']);
  });

  it('names the guards that decide an event', () => {
    expect(chart.guardsOf(start.place, 'a.begin')).toEqual(['many']);
    expect(chart.guardsOf(after(begin).place, 'a.add')).toEqual(['positive']);
    expect(chart.guardsOf(start.place, 'a.next')).toEqual([]);
  });

  it('lists the states of a place in document order, whichever way led there', () => {
    const fresh = new Chart(toy);
    const at = fresh.initial({ start: 0 });
    const there = [begin, pause, begin].reduce(
      (from, event) => fresh.step(from, event) ?? from,
      at,
    );
    expect(there.place.states).toEqual(['busy.first', 'ear']);
  });

  it.each(Object.entries(untabled))('refuses a machine with %s', (_, machine) => {
    expect(() => new Chart(machine)).toThrow('what a table of events cannot hold');
  });

  it('refuses guards without a name, which nobody could explain', () => {
    const machine = createMachine({
      initial: 'x',
      states: { x: { on: { go: { guard: () => true, target: 'y' } } }, y: {} },
    });
    const anonymous = new Chart(machine);
    expect(() => anonymous.step(anonymous.initial(undefined), { type: 'go' })).toThrow(TypeError);
  });

  it('refuses guards and actions that nobody has implemented', () => {
    const machine = createMachine({
      initial: 'x',
      states: {
        x: { on: { go: { guard: 'gone', target: 'y' }, act: { actions: 'gone', target: 'y' } } },
        y: {},
      },
    });
    const hollow = new Chart(machine);
    const position = hollow.initial(undefined);
    expect(() => hollow.step(position, { type: 'go' })).toThrow("no guard 'gone'");
    expect(() => hollow.step(position, { type: 'act' })).toThrow("'gone' is no assign()");
  });

  it('refuses a position of another chart', () => {
    const far = { ...start, place: { ...start.place, index: 999 } };
    expect(() => chart.step(far, begin)).toThrow('a position of another chart');
  });

  it('is compiled once for a machine', () => {
    expect(chartOf(toy)).toBe(chartOf(toy));
    expect(chartOf(toy)).not.toBe(chart);
  });
});
