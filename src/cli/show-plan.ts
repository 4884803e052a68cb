import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import { counted } from '#src/report/text.ts';
import { rehearsals, type PlannedMessage, type Rehearsal } from '#src/suite/rehearse.ts';
import { greeting } from '#src/suite/sanity.ts';
import type { SuitePlan } from '#src/suite/suite.ts';
import type { Screen } from './screen.ts';
import { formatTargetUrl } from './target-url.ts';

/** How a plan is shown. */
interface Showing {
  readonly screen: Screen;
  /** For a program. */
  readonly json: boolean;
}

/** A message of a plan, and its text for people. */
interface ShownMessage extends PlannedMessage {
  readonly says: string;
  readonly bytes: number;
}

/**
 * Shows what a run would send, case by case, before anything is sent: our own side plays the
 * target's part, in memory. Returns the exit code.
 */
export async function showPlan(plan: SuitePlan, { screen, json }: Showing): Promise<number> {
  const { protocol, profile } = plan;
  const rehearsed: Rehearsal[] = [];
  const cases = [greeting(plan), ...plan.cases];
  for await (const one of rehearsals({ ...plan, cases })) {
    rehearsed.push(one);
    if (!json) screen.out(told(protocol, plan, one));
  }
  if (screen.signal.aborted) return 130;
  const totals = totalsOf(rehearsed);
  if (json) {
    const { side } = profile;
    const target = formatTargetUrl(protocol, profile);
    const about = { schema: 'qkdspec-plan/1', protocol: protocol.name, side, target };
    const shown = rehearsed.map((one) => record(protocol, plan, one));
    screen.out(`${JSON.stringify({ ...about, totals, cases: shown }, null, 2)}\n`);
    return 0;
  }
  screen.out(`${summary(totals, formatTargetUrl(protocol, profile)).join('\n')}\n`);
  return 0;
}

type Totals = Readonly<
  Record<'cases' | 'leftOut' | 'sent' | 'messages' | 'malformed' | 'destructive' | 'keys', number>
>;

function totalsOf(rehearsed: readonly Rehearsal[]): Totals {
  const played = rehearsed.filter(({ excuse }) => excuse === null);
  const sent = played.flatMap((one) => one.sent);
  return {
    cases: played.length,
    leftOut: rehearsed.length - played.length,
    sent: sent.length,
    messages: played.reduce((sum, one) => sum + one.messages, 0),
    malformed: sent.filter(({ isMalformed }) => isMalformed).length,
    destructive: sent.filter(({ destroys }) => destroys.length > 0).length,
    keys: played.reduce((sum, one) => sum + one.keys, 0),
  };
}

function summary(totals: Totals, url: string): readonly string[] {
  const { cases, leftOut, sent, messages, malformed, destructive, keys } = totals;
  const left = leftOut === 0 ? '' : `, ${leftOut} left out`;
  return [
    `${counted(cases, 'case')}${left}: ${counted(sent, 'message')} would be sent to ${url} ` +
      `(${malformed} malformed, ${destructive} destructive), ` +
      `${messages - sent} received, ${counted(keys, 'key')}`,
    'Nothing was sent. The sanity exchange comes first, last and after failures; failing cases are',
    'played again (--retries); what a target answers otherwise than our side leads elsewhere.',
  ];
}

function told(protocol: Protocol, plan: SuitePlan, one: Rehearsal): string {
  const { played, excuse } = one;
  if (excuse !== null) return `${played.id}\n  left out: ${excuse}\n`;
  const lines = shownOf(protocol, plan, one).map((message, index) => {
    const marks = [
      ...(message.isMalformed ? ['MALFORMED'] : []),
      ...message.destroys.map((name) => `DESTRUCTIVE ${name}`),
    ];
    const marked = marks.length === 0 ? '' : `  [${marks.join(', ')}]`;
    const name = message.message ?? 'no message';
    return `  ${String(index + 1).padStart(3)}. ${name}${marked}  ${message.says}`.trimEnd();
  });
  return `${[`${played.id}  ${played.title}`, ...lines].join('\n')}\n`;
}

function record(protocol: Protocol, plan: SuitePlan, one: Rehearsal): object {
  const { played, excuse, messages, keys } = one;
  const about = { id: played.id, title: played.title, leftOut: excuse };
  if (excuse !== null) return { ...about, sent: [], messages: 0, keys: 0 };
  return { ...about, sent: shownOf(protocol, plan, one), messages, keys };
}

/** Each message with its text, as far as the frames can be told apart. */
function shownOf(
  protocol: Protocol,
  plan: SuitePlan,
  { sent, trace }: Rehearsal,
): readonly ShownMessage[] {
  const texts = trace === null ? [] : textsOf(protocol, plan, trace);
  const isClear = texts.length === sent.length;
  return sent.map((message, index) => ({
    ...message,
    says: (isClear ? texts[index]?.says : undefined) ?? '',
    bytes: (isClear ? texts[index]?.bytes : undefined) ?? 0,
  }));
}

/** What our frames of a trace say: connections are read apart. */
function textsOf(protocol: Protocol, { profile }: SuitePlan, trace: Trace) {
  const { options } = trace;
  const settings = settingsFor(protocol, { ...profile, options, pinned: profile.readings });
  let reader = protocol.reader(settings);
  return trace.events.flatMap((event) => {
    if (event.kind === 'opened') reader = protocol.reader(settings);
    if (event.kind !== 'sent') return [];
    const frames = reader.push(event.bytes);
    const bytes = Math.round(event.bytes.length / Math.max(1, frames.length));
    return frames.map((frame) => ({ says: protocol.describe(frame), bytes }));
  });
}
