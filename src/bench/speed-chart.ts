import { do_not_optimize } from 'mitata';
import { initialTransition, transition } from 'xstate';
import { chartOf } from '#src/chart/chart-of.ts';
import type { ModelEvent } from '#src/contract/event.ts';
import { atLeast, timed, type Contest } from './speed-contest.ts';
import type { Recording } from './speed-recording.ts';

/** The events of a whole session, as steps of the chart and as transitions of XState. */
export function chartContest(recording: Recording): Contest {
  const { protocol, settings } = recording;
  const machine = protocol.model.session;
  const chart = chartOf(machine);
  const input = protocol.sessionInput(settings);
  const events = eventsOf(recording);
  const position = chart.initial(input);
  const [start] = initialTransition(machine, input);
  return {
    what: 'chart step',
    against: 'XState transition()',
    reach: atLeast(protocol.baseline?.goals.step),
    ours: timed(events.length, () => {
      let at = position;
      for (const event of events) at = chart.step(at, event) ?? at;
      do_not_optimize(at);
    }),
    theirs: timed(events.length, () => {
      let snapshot = start;
      for (const event of events) [snapshot] = transition(machine, snapshot, event);
      do_not_optimize(snapshot);
    }),
  };
}

function eventsOf({ protocol, settings, trace, server, client }: Recording): readonly ModelEvent[] {
  const chart = chartOf(protocol.model.session);
  const readers = { sent: protocol.reader(settings), received: protocol.reader(settings) };
  let at = chart.initial(protocol.sessionInput(settings));
  const events: ModelEvent[] = [];
  for (const event of trace.events) {
    if (!('bytes' in event)) continue;
    const speaker = event.kind === 'sent' ? client : server;
    for (const frame of readers[event.kind].push(event.bytes)) {
      const { message, payload, quiet } = protocol.perceive(frame, speaker, at, settings);
      if (quiet === true) continue;
      const next = { ...payload, type: `${speaker}.${message}` };
      const step = chart.step(at, next);
      if (step === null) throw new RangeError(`the session left the model at ${next.type}`);
      events.push(next);
      at = step;
    }
  }
  return events;
}
