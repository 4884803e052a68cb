import { assign, createMachine, setup } from 'xstate';
import { declares } from '#models/language/index.ts';

interface Memory {
  readonly count: number;
  readonly last: unknown;
}
interface Event {
  readonly type: string;
  readonly by?: number;
}

/** A small machine with a bit of everything that a chart can hold. */
export const toy = setup({
  types: declares<{ context: Memory; events: Event; input: { start: number }; tags: string }>(),
  guards: {
    positive: ({ event }) => (event.by ?? 0) > 0,
    many: ({ context }) => context.count >= 3,
  },
  actions: {
    add: assign(({ context, event }) => ({ count: context.count + (event.by ?? 1) })),
    note: assign({ last: ({ event }) => event.type }),
    reset: assign({ count: 0 }),
  },
}).createMachine({
  id: 'toy',
  type: 'parallel',
  context: ({ input }) => ({ count: input.start, last: null }),
  states: {
    work: {
      initial: 'idle',
      states: {
        idle: { on: { 'a.begin': [{ guard: 'many', target: 'tired' }, { target: '#busy' }] } },
        busy: {
          id: 'busy',
          initial: 'first',
          tags: ['busy'],
          on: {
            'a.pause': 'paused',
            'a.add': { guard: 'positive', actions: 'add' },
          },
          states: {
            first: { on: { 'a.next': 'second' } },
            second: { tags: ['deep'], on: { 'a.add': { actions: ['add', 'add'] } } },
            before: { type: 'history' },
          },
        },
        paused: { on: { 'a.resume': '#busy.before', 'a.begin': '#busy' } },
        tired: { on: { 'a.*': 'idle' } },
      },
    },
    ear: { on: { 'a.*': { actions: 'note' } } },
  },
});

/** Machines that a table of events cannot hold, by what they have. */
export const untabled = {
  always: createMachine({ initial: 'x', states: { x: { always: 'y' }, y: {} } }),
  after: createMachine({ initial: 'x', states: { x: { after: { 1: 'y' } }, y: {} } }),
  invoke: createMachine({ initial: 'x', states: { x: { invoke: { src: 'work' } } } }),
  entry: createMachine({ initial: 'x', states: { x: { entry: 'note' } } }),
  exit: createMachine({ initial: 'x', states: { x: { exit: 'note' } } }),
} as const;
