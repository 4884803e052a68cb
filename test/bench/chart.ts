import { do_not_optimize } from 'mitata';
import { initialTransition, transition } from 'xstate';
import { chartOf } from '#src/chart/chart-of.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import type { Trace } from '#src/contract/trace.ts';
import { qosst } from '#src/protocols/qosst/index.ts';
import type { Contest } from './ratio.ts';

const settings = settingsFor(qosst);
const machine = qosst.model.session;
const chart = chartOf(machine);

/** The events of a whole session, as steps of the chart and as transitions of XState. */
export function chartContest(trace: Trace): Contest {
  const events = eventsOf(trace);
  const input = qosst.sessionInput(settings);
  const [start] = initialTransition(machine, input);
  const position = chart.initial(input);
  return {
    what: 'chart step',
    against: 'XState transition()',
    reach: 50,
    count: events.length,
    ours: () => {
      let at = position;
      for (const event of events) at = chart.step(at, event) ?? at;
      do_not_optimize(at);
    },
    theirs: () => {
      let snapshot = start;
      for (const event of events) [snapshot] = transition(machine, snapshot, event);
      do_not_optimize(snapshot);
    },
  };
}

function eventsOf(trace: Trace): readonly ModelEvent[] {
  const reader = { alice: qosst.reader(settings), bob: qosst.reader(settings) };
  let at = chart.initial(qosst.sessionInput(settings));
  const events: ModelEvent[] = [];
  for (const event of trace.events) {
    if (!('bytes' in event)) continue;
    const speaker = event.kind === 'sent' ? 'bob' : 'alice';
    for (const frame of reader[speaker].push(event.bytes)) {
      const { message, payload } = qosst.perceive(frame, speaker, at, settings);
      const next = { ...payload, type: `${speaker}.${message}` };
      const step = chart.step(at, next);
      if (step === null) throw new Error(`the session left the model at ${next.type}`);
      events.push(next);
      at = step;
    }
  }
  return events;
}
