import { foreseenDeviations, foreseenMessages } from '#src/fuzz/foresight.ts';
import type { FuzzPlan } from '#src/fuzz/fuzz-plan.ts';
import { preview, type PreviewedSession } from '#src/fuzz/preview.ts';
import { counted, printable } from '#src/report/text.ts';
import { rehearsals } from '#src/suite/rehearse.ts';
import { greeting } from '#src/suite/sanity.ts';
import { fuzzPlanLines } from './fuzz-plan-lines.ts';
import {
  messageLines,
  rehearsedRecord,
  rehearsedText,
  shownMessages,
  type ShownMessage,
} from './planned-messages.ts';
import type { Screen } from './screen.ts';
import { formatTargetUrl } from './target-url.ts';

/** How a plan is shown. */
interface Showing {
  readonly screen: Screen;
  /** For a program. */
  readonly json: boolean;
  /** How many sessions are shown, 0 … */
  readonly sessions: number;
}

type Sent = PreviewedSession['sent'][number];

const toBeKnown = [
  'Nothing was sent. Those are the first sessions of this seed with our own side in the place of',
  'the target; later ones, and those with what answers otherwise, go elsewhere.',
];
const unsafe = 'Without --safe, what is bent may do to a target what no message of the model does.';

/**
 * Shows what a campaign may send, before anything is sent: what becomes of each message, in what
 * it departs from the model, what it may cost, and its first sessions. Returns the exit code.
 */
export async function showFuzzPlan(plan: FuzzPlan, showing: Showing): Promise<number> {
  const { protocol, profile, seed, signal } = plan;
  const { screen, json } = showing;
  const target = formatTargetUrl(protocol, profile);
  const messages = foreseenMessages(protocol, profile);
  const deviations = foreseenDeviations(protocol, profile);
  if (!json) screen.out(fuzzPlanLines(plan, { target, messages, deviations }));
  const cases = [greeting(plan)];
  const greetings = await Array.fromAsync(rehearsals({ protocol, profile, seed, signal, cases }));
  if (!json) for (const one of greetings) screen.out(rehearsedText(plan, one));
  const sessions = await preview(plan, showing.sessions);
  if (signal.aborted) return 130;
  if (json) {
    const about = { schema: 'qkdspec-fuzz-plan/1', protocol: protocol.name, side: profile.side };
    const limits = { campaign: plan.budget, target: profile.budget ?? {}, workers: plan.workers };
    const first = greetings.map((one) => rehearsedRecord(plan, one));
    const shown = sessions.map((one) => sessionRecord(plan, one));
    const all = { ...about, target, seed, limits, messages, deviations, first, sessions: shown };
    screen.out(`${JSON.stringify(all, null, 2)}\n`);
    return 0;
  }
  for (const one of sessions) screen.out(sessionText(plan, one));
  const known = profile.safe ? toBeKnown : [...toBeKnown, unsafe];
  screen.out(`${known.join('\n')}\n`);
  return 0;
}

function sessionRecord(plan: FuzzPlan, { trace, ...session }: PreviewedSession): object {
  return { ...session, sent: shownMessages(plan, { sent: session.sent, trace }) };
}

function sessionText(plan: FuzzPlan, session: PreviewedSession): string {
  const { number, connections, messages, keys, ends } = session;
  const costs = [
    counted(session.sent.filter(({ withheld }) => withheld === null).length, 'message'),
    `${counted(messages, 'message')} in both directions`,
    counted(keys, 'key'),
    counted(connections, 'connection'),
  ];
  const head = `session ${number}, against our own side in memory: ${costs.join(', ')}`;
  const lines = messageLines(shownMessages(plan, session), marksOf);
  const last = ends === null ? [] : [`  the campaign ends here: ${ends}`];
  return `${[head, ...lines, ...last].join('\n')}\n`;
}

/** What is wrong with a message, and why it is kept back. */
function marksOf({ flaw, withheld }: ShownMessage<Sent>): readonly string[] {
  return [
    ...(flaw === null ? [] : [printable(flaw)]),
    ...(withheld === null ? [] : [`WITHHELD: ${withheld}`]),
  ];
}
