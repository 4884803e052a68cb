import type { ForeseenDeviation, ForeseenMessage } from '#src/fuzz/foresight.ts';
import type { FuzzPlan } from '#src/fuzz/fuzz-plan.ts';
import { counted, printable } from '#src/report/text.ts';

/** What is foreseen of a campaign. */
export interface Foreseen {
  /** Its URL. */
  readonly target: string;
  readonly messages: readonly ForeseenMessage[];
  readonly deviations: readonly ForeseenDeviation[];
}

/** What a campaign may send, for people: by message, by deviation, and within which limits. */
export function fuzzPlanLines(plan: FuzzPlan, foreseen: Foreseen): string {
  const { profile, seed } = plan;
  const mode = profile.safe ? 'safe mode' : 'no safe mode';
  const lines = [
    `a campaign against ${printable(foreseen.target)}, side ${profile.side}, seed ${seed}, ${mode}`,
    ...messageSections(foreseen.messages),
    'departures from the model:',
    ...foreseen.deviations.flatMap(deviationLines),
    'limits:',
    ...limits(plan).map(([name, text]) => `  ${name.padEnd(14)}${printable(text)}`),
    'first, and whenever the target may have fallen:',
  ];
  return `${lines.join('\n')}\n`;
}

const sections = [
  ['always', 'messages that may be said:'],
  [
    'sometimes',
    'messages that are kept back where they destroy; the session goes on over another connection:',
  ],
  ['never', 'messages that are kept back:'],
] as const;

const manners = {
  legal: 'where it is legal',
  anywhere: 'anywhere',
  misplaced: "anywhere, though it is the target's to say",
} as const;

function messageSections(messages: readonly ForeseenMessage[]): readonly string[] {
  return sections.flatMap(([passes, title]) => {
    const some = messages.filter((one) => one.passes === passes);
    const width = Math.max(...some.map(({ message }) => message.length));
    const lines = some.map(({ message, said, why }) => {
      const where = passes === 'never' ? [] : [manners[said]];
      return `  ${message.padEnd(width)}  ${[...where, why ?? []].flat().join('; ')}`;
    });
    return some.length === 0 ? [] : [title, ...lines];
  });
}

function deviationLines({ step, isDrawn, share, why, ways }: ForeseenDeviation): readonly string[] {
  if (!isDrawn) return [`  left out  ${step}: ${why}`];
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  const often = `${percent(share.onTheWay)} of steps on the way, ${percent(share.there)} at a goal`;
  const named = Object.entries(ways ?? {}).map(([level, ops]) => `    ${level}: ${ops.join(', ')}`);
  return [`  drawn     ${step} (${often})`, ...named];
}

type Limit = readonly [name: string, text: string];

function limits(plan: FuzzPlan): readonly Limit[] {
  const { budget, profile, seeds, shard } = plan;
  const { keys, messages, messagesPerSecond } = profile.budget ?? {};
  const whole = [
    keys === undefined ? [] : [`${keys} keys`],
    messages === undefined ? [] : [`${messages} messages, both directions`],
    messagesPerSecond === undefined ? [] : [`${messagesPerSecond} messages a second`],
  ].flat();
  const most = budget.messages === Number.MAX_SAFE_INTEGER ? 'any number of' : budget.messages;
  const part = shard.of === 1 ? '' : `; part ${shard.index + 1} of ${shard.of} of the sessions`;
  return [
    ['campaign', `${most} messages, ${budget.ms / 1000} s${part}`],
    ['target', whole.join(', ') || 'no budget of keys or messages, no pace'],
    ['connections', connections(plan)],
    ['shrinking', shrinkingText(plan)],
    [
      'stored seeds',
      seeds.length === 0 ? 'none is replayed' : `${seeds.length} are replayed first`,
    ],
    ...commands(plan),
  ];
}

/** Clients come as they are started; a server is looked at on a connection of its own. */
function connections({ workers, protocol, profile }: FuzzPlan): string {
  const isServer = profile.side === protocol.model.server;
  if (!isServer) return workers === 1 ? 'one client at a time' : `${workers} clients at a time`;
  const each =
    workers === 1 ? 'one at a time' : `${workers} at a time, if the target serves so many`;
  return `${each}, and another one to look whether it lives`;
}

function shrinkingText({ shrinking: { replays, ms }, profile }: FuzzPlan): string {
  if (replays === 0) return 'none';
  const { keys, messages } = profile.budget ?? {};
  const hasBudget = keys !== undefined || messages !== undefined;
  return [
    `each finding is played again, ${counted(replays, 'time')} or ${ms / 1000} s at most, besides`,
    ...(profile.safe ? ['saying nothing but what is legal; not what fells the target'] : []),
    ...(hasBudget ? ["with half of what is left of the target's budget"] : []),
  ].join('; ');
}

/** What is run where the target has to be brought up or back. */
function commands({ profile }: FuzzPlan): readonly Limit[] {
  const { start, reset, upkeep } = profile;
  const all = { start, reset, ...upkeep };
  return Object.entries(all).flatMap(([name, command]) =>
    typeof command === 'string' ? [[name, command] as const] : [],
  );
}
