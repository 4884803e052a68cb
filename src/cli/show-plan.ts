import { counted } from '#src/report/text.ts';
import { rehearsals, type Rehearsal } from '#src/suite/rehearse.ts';
import { greeting } from '#src/suite/sanity.ts';
import type { SuitePlan } from '#src/suite/suite.ts';
import { rehearsedRecord, rehearsedText } from './planned-messages.ts';
import type { Screen } from './screen.ts';
import { formatTargetUrl } from './target-url.ts';

/** How a plan is shown. */
interface Showing {
  readonly screen: Screen;
  /** For a program. */
  readonly json: boolean;
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
    if (!json) screen.out(rehearsedText(plan, one));
  }
  if (screen.signal.aborted) return 130;
  const totals = totalsOf(rehearsed);
  if (json) {
    const { side } = profile;
    const target = formatTargetUrl(protocol, profile);
    const about = { schema: 'qkdspec-plan/1', protocol: protocol.name, side, target };
    const shown = rehearsed.map((one) => rehearsedRecord(plan, one));
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
    'played again (--retries); what a target answers otherwise than our side leads elsewhere. Cases',
    'that leave a session as they found it share one with the next: then less is said than here.',
  ];
}
