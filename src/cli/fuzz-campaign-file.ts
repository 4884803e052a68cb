import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import type { Finding } from '#src/contract/finding.ts';
import type { Step } from '#src/contract/fuzz.ts';
import { nothingYet } from '#src/fuzz/merge.ts';
import type { Begun } from '#src/fuzz/fuzz-plan.ts';
import { stepOf, StepSchema } from '#src/fuzz/seeds.ts';
import { readTrace } from '#src/report/trace-file.ts';
import { fits, validator } from '#src/wire/schema.ts';
import { codeOf } from './folder.ts';
import type { FuzzFlags } from './fuzz-flags.ts';
import { campaignName, traceName } from './fuzz-names.ts';
import { usage } from './usage.ts';

const schemaName = 'qkdspec-campaign/1';

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });
const Texts = Type.Array(Type.String());

const FindingSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[\\w.-]+$' }),
    requirement: Type.String(),
    citation: Type.String(),
    kind: Type.Union([
      Type.Literal('answer'),
      Type.Literal('content'),
      Type.Literal('frame'),
      Type.Literal('silence'),
      Type.Literal('closed'),
      Type.Literal('crash'),
      Type.Literal('hang'),
      Type.Literal('leak'),
    ]),
    explanation: Type.String(),
    expected: Texts,
    actual: Type.String(),
    messagesToDetection: Count,
    times: Count,
    sessionSeed: Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }),
    steps: Type.Array(StepSchema),
    minimalMessages: Count,
  },
  closed,
);

const Text = Type.Optional(Type.String());
const More = Type.Optional(Type.Array(Type.String()));
const Limit = Type.Optional(Type.Integer({ minimum: 1 }));
const Yes = Type.Optional(Type.Boolean());

/** What a campaign was started with, so that it can go on alike. */
const campaignFlags = Type.Object(
  {
    target: Text,
    listen: Text,
    profile: Text,
    protocol: Text,
    side: Text,
    dialect: Text,
    reading: More,
    option: More,
    timeout: Limit,
    start: Text,
    stop: Text,
    reset: Text,
    restart: Text,
    powerCycle: Text,
    safe: Yes,
    consent: More,
    capture: Yes,
    captureLimit: Limit,
    maxKeys: Type.Optional(Count),
    maxMessages: Limit,
    seed: Type.Optional(Count),
    workers: Limit,
    shard: Type.Optional(Type.Object({ index: Count, of: Type.Integer({ minimum: 1 }) }, closed)),
    maxMessagesPerSecond: Limit,
    feedback: Yes,
    shrinking: Yes,
    seeds: Type.Optional(Type.Union([Type.String(), Type.Boolean()])),
    note: Text,
  },
  closed,
);

/** The JSON Schema of `campaign.json`: how far a campaign is, so that it can go on. */
const campaignSchema = Type.Object(
  {
    schema: Type.Literal(schemaName),
    protocol: Type.String(),
    side: Type.String(),
    target: Type.String(),
    seed: Count,
    flags: campaignFlags,
    sessions: Type.Array(Count, { description: 'Walked so far, by worker.' }),
    state: Type.Object(
      {
        messages: Count,
        sessions: Count,
        elapsedMs: Type.Number({ minimum: 0 }),
        restarts: Count,
        states: Texts,
        transitions: Texts,
        triples: Texts,
      },
      closed,
    ),
    findings: Type.Array(FindingSchema),
  },
  closed,
);

type CampaignFile = Static<typeof campaignSchema>;

/** What a campaign is, besides how far it is. */
export type CampaignAbout = Pick<CampaignFile, 'protocol' | 'side' | 'target' | 'seed' | 'flags'>;

/** A campaign that was read from its folder. */
export interface StoredCampaign extends CampaignAbout {
  readonly begun: Begun;
}

/**
 * The campaign in a folder.
 * @throws HarnessError `usage` where there is none, or what is there cannot be read.
 */
export function readCampaign(folder: string): StoredCampaign {
  const file = join(folder, campaignName);
  const value = parsed(file);
  const version = versionOf(value);
  if (version !== schemaName) {
    throw usage(`${file} is ${version ?? 'of no schema'}; expected ${schemaName}`);
  }
  if (!fits(campaignSchema, value)) {
    const [problem = { path: '', message: 'is no campaign' }] = validator(campaignSchema)(value);
    throw usage(`${file} is no ${schemaName}: ${problem.path.slice(1) || 'it'} ${problem.message}`);
  }
  const { protocol, side, target, seed, flags, sessions, state } = value;
  const findings = value.findings.map((finding) => storedFinding(folder, value, finding));
  const { states, transitions, triples, ...counts } = state;
  const sets = {
    states: new Set(states),
    transitions: new Set(transitions),
    triples: new Set(triples),
  };
  const begun: Begun = { state: { ...nothingYet, ...counts, ...sets, findings }, sessions };
  return { protocol, side, target, seed, flags, begun };
}

function storedFinding(
  folder: string,
  { protocol, side }: CampaignFile,
  finding: CampaignFile['findings'][number],
): Finding {
  const file = join(folder, traceName(finding.id));
  const read = existsSync(file) ? readTrace(readFileSync(file, 'utf8')) : { ok: false as const };
  const nothing = { protocol, dialect: '', peer: side, options: {}, seed: 0, events: [] };
  const steps: readonly Step[] = finding.steps.map(stepOf);
  return { ...finding, steps, trace: read.ok ? read.trace : nothing };
}

/** The flags that a campaign goes on with. */
export function lastingFlags(flags: FuzzFlags): CampaignAbout['flags'] {
  const { budget: _b, resume: _r, reporter: _p, out: _o, ci: _c, storeSeeds: _s, ...more } = flags;
  const { baseline: _k, plan: _l, planSessions: _n, json: _j, ...rest } = more;
  const { reading, option, consent, ...lasting } = rest;
  return {
    ...lasting,
    ...(reading === undefined ? {} : { reading: [...reading] }),
    ...(option === undefined ? {} : { option: [...option] }),
    ...(consent === undefined ? {} : { consent: [...consent] }),
  };
}

/** How far a campaign is, as its file holds it. */
export function campaignText(about: CampaignAbout, { state, sessions }: Begun): string {
  const { messages, elapsedMs, restarts, states, transitions, triples, findings } = state;
  const file = {
    schema: schemaName,
    ...about,
    sessions,
    state: {
      messages,
      sessions: state.sessions,
      elapsedMs: Math.round(elapsedMs),
      restarts,
      states: [...states],
      transitions: [...transitions],
      triples: [...triples],
    },
    findings: findings.map(({ trace: _trace, ...finding }) => finding),
  };
  return `${JSON.stringify(file)}\n`;
}

/** What a file says that it is. */
function versionOf(value: unknown): string | null {
  const schema: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'schema') : null;
  return typeof schema === 'string' ? schema : null;
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw usage(`cannot read the campaign ${file}: ${codeOf(cause)}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw usage(`${file} is not JSON`, { cause });
  }
}
