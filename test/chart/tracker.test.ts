import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import { declares, defineRequirements, type FlawKind, type Model } from '#models/language/index.ts';
import { Chart } from '#src/chart/chart.ts';
import { mayTalk, Tracker, type Look } from '#src/chart/tracker.ts';
import type { Perceived } from '#src/contract/frame.ts';

const requirements = defineRequirements('toy', {
  answers: {
    level: 'MUST',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'toy', section: 'Talk' },
    text: 'The server answers.',
  },
  neatly: {
    level: 'SHOULD',
    basis: 'stated',
    binds: 'server',
    cite: { document: 'toy', section: 'Talk' },
    text: 'The server answers neatly.',
  },
});

/** The client asks, the server answers yes or no; a wrong question is answered by its fault. */
const session = setup({
  types: declares<{
    context: { asked: number; told: unknown };
    events: { type: string; content?: unknown };
  }>(),
  guards: { fits: ({ event }) => event.content !== 'odd' },
  actions: {
    ask: assign(({ context }) => ({ asked: context.asked + 1 })),
    tell: assign({ told: ({ event }) => event.content }),
  },
}).createMachine({
  id: 'talk',
  type: 'parallel',
  context: { asked: 0, told: null },
  states: {
    talk: {
      initial: 'idle',
      states: {
        idle: { on: { 'client.ask': { target: 'owing', actions: 'ask' }, 'client.leave': 'gone' } },
        owing: {
          tags: ['owes:server'],
          on: {
            'server.yes': { guard: 'fits', target: 'idle', actions: 'tell' },
            'server.no': 'idle',
          },
        },
        gone: { tags: ['may:server'], on: { 'server.bye': 'gone', 'server.closes': 'closed' } },
        closed: {},
      },
    },
    fault: {
      initial: 'none',
      on: {
        'client.malformed': '.malformed',
        'client.unauthentic': '.unauthentic',
        'client.misplaced': '.misplaced',
      },
      states: {
        none: {},
        malformed: { tags: ['owes:server'], on: { 'server.unreadable': 'none' } },
        unauthentic: { tags: ['owes:server'], on: { 'server.stranger': 'none' } },
        misplaced: { tags: ['owes:server'], on: { 'server.notNow': 'none' } },
      },
    },
  },
});

const says = (...saidBy: readonly string[]) => ({
  saidBy,
  wireName: '',
  content: null,
  example: null,
});
const model = {
  protocol: 'toy',
  title: 'Toy',
  documents: { toy: 'Toy' },
  sides: ['client', 'server'],
  server: 'server',
  messages: {
    ask: says('client'),
    leave: says('client'),
    yes: says('server'),
    no: says('server'),
    bye: says('server'),
    unreadable: says('server'),
    stranger: says('server'),
    notNow: says('server'),
  },
  requirements,
  ambiguities: {},
  session,
  turnTaking: true,
  guards: {},
  blame: { outOfTurn: {}, wrongMessage: {}, silence: {}, closing: {} },
} satisfies Model;
const chart = new Chart(session);

type Kind = Exclude<FlawKind, 'misplaced'>;

/** A frame with these flaws, whatever went before. */
function frame(message: string | null, flaws: readonly Kind[] = [], content?: unknown) {
  const perceived: Perceived = {
    message,
    payload: { content },
    flaws: flaws.map((kind) => ({ kind, requirement: requirements.answers, detail: kind })),
  };
  return () => perceived;
}

/** A frame that should be otherwise. */
function untidy(message: string | null, content?: unknown): Look {
  const lint = { kind: 'malformed', requirement: requirements.neatly, detail: 'blots' } as const;
  return () => ({ message, payload: { content }, flaws: [lint] });
}

const tracking = (peer: 'client' | 'server') =>
  new Tracker(chart, model, { peer, input: undefined });
const statesOf = (tracker: Tracker) => tracker.positions.map(({ place }) => place.states.join(' '));

describe('a tracker of a server', () => {
  it('follows question and answer', () => {
    const tracker = tracking('server');
    expect(tracker.owed).toBe(false);
    tracker.say('client', frame('ask'));
    expect(tracker.owed).toBe(true);
    expect(tracker.hear(frame('yes', [], 'sun'))).toMatchObject({ ok: true });
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none']);
    expect(tracker.likeliest.context).toEqual({ asked: 1, told: 'sun' });
  });

  it('keeps one position for each flaw, until the answer decides which was seen', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask', ['malformed', 'unauthentic']));
    expect(statesOf(tracker)).toEqual(['talk.idle fault.malformed', 'talk.idle fault.unauthentic']);
    expect(tracker.owed).toBe(true);
    expect(tracker.hear(frame('stranger')).ok).toBe(true);
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none']);
  });

  it('takes several flaws of one kind as one', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask', ['malformed', 'malformed']));
    expect(tracker.positions).toHaveLength(1);
  });

  it('takes a flawed message that is also not allowed now as misplaced, last', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('no', ['unauthentic']));
    expect(statesOf(tracker)).toEqual(['talk.idle fault.unauthentic', 'talk.idle fault.misplaced']);
  });

  it('takes a good message that is not allowed now as misplaced', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('leave'));
    tracker.say('client', frame('ask'));
    expect(statesOf(tracker)).toEqual(['talk.gone fault.misplaced']);
    expect(tracker.hear(frame('notNow')).ok).toBe(true);
  });

  it('refuses an answer from every position, and says why from each', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask', ['malformed', 'unauthentic']));
    const taken = tracker.hear(frame('yes'));
    expect(taken.ok ? [] : taken.refusals.map(({ why }) => why)).toEqual([
      ...['notOffered', 'notOffered'],
    ]);
    expect(tracker.positions).toHaveLength(2);
  });

  it('refuses a flawed answer, one out of turn, and one whose guard says no', () => {
    const why = (tracker: Tracker, look: () => Perceived) => {
      const taken = tracker.hear(look);
      return taken.ok ? 'taken' : taken.refusals[0]?.why;
    };
    const asked = tracking('server');
    asked.say('client', frame('ask'));
    expect(why(asked, frame('yes', ['unfit']))).toBe('flaw');
    expect(why(asked, frame(null))).toBe('flaw');
    expect(why(asked, frame('yes', [], 'odd'))).toBe('notOffered');
    expect(why(tracking('server'), frame('yes'))).toBe('outOfTurn');
  });

  it('lets the server speak unasked where it may', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('leave'));
    expect(tracker.owed).toBe(false);
    expect(tracker.hear(frame('bye')).ok).toBe(true);
    expect(tracker.hear(frame('bye')).ok).toBe(true);
  });

  it('comes to what was said too early only after the answer that is owed', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask'));
    tracker.say('client', frame('ask', ['malformed']));
    expect(statesOf(tracker)).toEqual(['talk.owing fault.none']);
    tracker.hear(frame('yes'));
    expect(statesOf(tracker)).toEqual(['talk.idle fault.malformed']);
    expect(tracker.owed).toBe(true);
    tracker.hear(frame('unreadable'));
    expect(tracker.owed).toBe(false);
  });

  it('looks at each frame from where the session stands when its turn comes', () => {
    const tracker = tracking('server');
    const seen: unknown[] = [];
    tracker.say('client', frame('ask'));
    tracker.say('client', (position) => {
      seen.push(position.context);
      return frame('ask')();
    });
    expect(seen).toEqual([]);
    tracker.hear(frame('yes', [], 'sun'));
    expect(seen).toEqual([{ asked: 1, told: 'sun' }]);
  });

  it('lets the server close where the model does, and nowhere else', () => {
    const tracker = tracking('server');
    expect(tracker.closed()).toBe(false);
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none']);
    tracker.say('client', frame('leave'));
    expect(tracker.closed()).toBe(true);
    expect(statesOf(tracker)).toEqual(['talk.closed fault.none']);
  });

  it('remembers every state and transition that it came by', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask'));
    tracker.hear(frame('no'));
    expect([...tracker.coverage.states].sort()).toEqual(['fault.none', 'talk.idle', 'talk.owing']);
    expect([...tracker.coverage.transitions]).toEqual([
      ...['talk.idle:client.ask:0', 'talk.owing:server.no:0'],
    ]);
  });

  it('forgets what the machine remembers, in every position', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask', ['malformed', 'unauthentic']));
    tracker.forget(() => ({ asked: 9, told: 'fog' }));
    expect(tracker.positions.map(({ context }) => context)).toEqual([
      { asked: 9, told: 'fog' },
      { asked: 9, told: 'fog' },
    ]);
  });
});

describe('a frame that only should be otherwise', () => {
  const asked = () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask'));
    return tracker;
  };

  it('counts, and is told', () => {
    const tracker = asked();
    const taken = tracker.hear(untidy('yes', 'sun'));
    expect(taken.ok && taken.lints.map(({ detail }) => detail)).toEqual(['blots']);
    expect(tracker.owed).toBe(false);
    expect(tracker.likeliest.context).toEqual({ asked: 1, told: 'sun' });
    const faultless = asked().hear(frame('yes'));
    expect(faultless.ok && faultless.lints).toEqual([]);
  });

  it('is refused like any other where it is not offered, or cannot be read', () => {
    const why = (look: Look) => {
      const taken = asked().hear(look);
      return taken.ok ? 'taken' : taken.refusals.map((refusal) => refusal.why).join();
    };
    expect(why(untidy('bye'))).toBe('notOffered');
    expect(why(untidy('yes', 'odd'))).toBe('notOffered');
    expect(why(untidy(null))).toBe('flaw');
  });

  it('is taken as what nothing is wrong with, where the session may stand so', () => {
    const tracker = tracking('server');
    tracker.say('client', frame('ask', ['malformed', 'unauthentic']));
    const look: Look = (position) =>
      position.place.states.includes('fault.malformed')
        ? untidy('unreadable')(position)
        : frame('stranger')();
    const taken = tracker.hear(look);
    expect(taken).toMatchObject({ ok: true, lints: [], perceived: { message: 'stranger' } });
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none']);
  });
});

describe('a tracker of a client', () => {
  it('is owed nothing while the client may choose its time', () => {
    const tracker = tracking('client');
    expect(tracker.owed).toBe(false);
    expect(tracker.hear(frame('ask')).ok).toBe(true);
    tracker.say('server', frame('yes'));
    expect(tracker.hear(frame('leave')).ok).toBe(true);
  });

  it('refuses a client that asks again before it was answered', () => {
    const tracker = tracking('client');
    tracker.hear(frame('ask'));
    const taken = tracker.hear(frame('ask'));
    expect(taken.ok ? 'taken' : taken.refusals[0]?.why).toBe('outOfTurn');
  });
});

describe('sides that do not take turns', () => {
  const freely = () =>
    new Tracker(chart, { ...model, turnTaking: false }, { peer: 'server', input: undefined });

  it('come to what crosses at once, or after they have answered what was before', () => {
    const tracker = freely();
    tracker.say('client', frame('ask'));
    tracker.say('client', frame('ask'));
    expect(tracker.hear(frame('yes')).ok).toBe(true);
    expect(tracker.owed).toBe(true);
    expect(tracker.hear(frame('yes')).ok).toBe(true);
    expect(tracker.owed).toBe(false);
    expect(tracker.hear(frame('yes')).ok).toBe(false);
  });

  it('may not notice what need not be noticed', () => {
    const tracker = freely();
    const unnoticed: Perceived = { message: 'ask', payload: {}, flaws: [], perhaps: true };
    tracker.say('client', () => unnoticed);
    expect(tracker.owed).toBe(false);
    expect(tracker.hear(frame('yes')).ok).toBe(true);
  });

  it('may have got the answer that came before their call was heard, or not', () => {
    const early: Look = ({ place }) =>
      place.states.includes('talk.owing')
        ? frame('yes', [], 'sun')()
        : { message: null, payload: {}, flaws: [], early: true };
    const tracker = new Tracker(
      chart,
      { ...model, turnTaking: false },
      { peer: 'client', input: undefined },
    );
    tracker.say('server', early);
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none']);
    expect(tracker.hear(frame('ask')).ok).toBe(true);
    expect(statesOf(tracker)).toEqual(['talk.owing fault.none', 'talk.idle fault.none']);
    /** Another answer is early for who has got the first one: both ways are open. */
    tracker.say('server', early);
    expect(statesOf(tracker)).toEqual(['talk.idle fault.none', 'talk.idle fault.none']);
    tracker.hear(frame('ask'));
    expect(statesOf(tracker)).not.toContain('talk.idle fault.none');
  });
});

describe('who may talk', () => {
  const owing = chart.step(chart.initial(undefined), { type: 'client.ask' });

  it('is the client while nothing is owed, and the server while it owes', () => {
    const idle = chart.initial(undefined);
    expect(mayTalk(model, idle, 'client')).toBe(true);
    expect(mayTalk(model, idle, 'server')).toBe(false);
    expect(owing && mayTalk(model, owing, 'client')).toBe(false);
    expect(owing && mayTalk(model, owing, 'server')).toBe(true);
  });

  it('is everybody where sides do not take turns', () => {
    const free = { ...model, turnTaking: false };
    expect(mayTalk(free, chart.initial(undefined), 'server')).toBe(true);
    expect(owing && mayTalk(free, owing, 'client')).toBe(true);
  });
});
