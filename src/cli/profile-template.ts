import { dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { today } from '#src/base/clock.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { paragraph, printable } from '#src/report/text.ts';
import type { Checkup } from '#src/suite/doctor.ts';
import { home } from './home.ts';
import { membersAt } from './layer.ts';
import type { Subject } from './profile.ts';
import { formatTargetUrl } from './target-url.ts';

const schema = join(home, 'fixtures/schemas/profile.schema.json');

/** A part of a profile: what it is for, and its members, or how they would look. */
interface Section {
  readonly about: readonly string[];
  readonly members?: Readonly<Record<string, unknown>>;
  /** Lines that are left to say: they begin with `# `. */
  readonly example?: readonly string[];
}

/** A commented profile of a target, with what a doctor has found out about it. */
export function profileTemplate(
  subject: Subject,
  checkups: readonly Checkup[],
  file: string,
): string {
  const { protocol } = subject;
  const head = [
    `# yaml-language-server: $schema=${relative(dirname(resolve(file)), schema)}`,
    `# Written by qkdspec doctor on ${today().toISOString().slice(0, 10)}. What it found:`,
    ...checkups.map(({ check, detail }) => `#   ${check}: ${printable(detail)}`.slice(0, 240)),
    '# Use it with',
    `#     qkdspec test --profile ${file} --plan    # what would be sent, before anything is`,
    `#     qkdspec test --profile ${file}`,
  ];
  const sections = [
    aim(subject),
    readings(subject, checkups),
    options(subject),
    timeouts(subject, checkups),
    safety(subject, protocol),
    budget(subject),
    tls(subject, file),
    commands(subject),
    captures(subject),
  ];
  return `${[...head, ...sections.flatMap(written)].join('\n')}\n`;
}

function written({ about, members = {}, example = [] }: Section): readonly string[] {
  const said = Object.keys(members).length === 0 ? [] : [stringify(members).trimEnd()];
  const lines = about.flatMap((line) => paragraph('', line, { columns: 96, lines: 20 }));
  return ['', ...lines.map((line) => `# ${line}`), ...said, ...example.map((line) => `# ${line}`)];
}

function aim({ protocol, profile }: Subject): Section {
  const { side, dialect } = profile;
  const target = formatTargetUrl(protocol, profile);
  return {
    about: ['Where the side under test is, which side it is, and which wire rules it speaks.'],
    members: { protocol: protocol.name, target, side, dialect },
  };
}

function readings({ protocol, profile }: Subject, checkups: readonly Checkup[]): Section {
  const found: Readonly<Record<string, string>> = Object.assign(
    {},
    ...checkups.map((checkup) => checkup.readings),
    profile.readings,
  );
  const [key = '', row] = Object.entries(protocol.model.ambiguities)[0] ?? [];
  const none = Object.keys(found).length === 0;
  return {
    about: [
      'How it reads what the documents leave open: `qkdspec list --kind ambiguities`. What is not',
      'pinned may be read in any open way; a deviant reading counts only when it is pinned.',
    ],
    ...(none
      ? { example: ['readings:', `  ${key}: ${row?.assumed ?? ''}`] }
      : { members: { readings: found } }),
  };
}

function options({ protocol, profile }: Subject): Section {
  const names = membersAt(protocol.options, []);
  const about = [`The protocol's own settings: ${names.join(', ')}.`];
  const isEmpty = Object.keys(profile.options).length === 0;
  return isEmpty ? { about } : { about, members: { options: profile.options } };
}

function timeouts({ protocol, profile }: Subject, checkups: readonly Checkup[]): Section {
  const { replyMs, replyMsAfter } = profile;
  const calibrated = checkups.find((checkup) => checkup.replyMs !== undefined)?.replyMs ?? 1000;
  const ours = Object.entries(protocol.model.messages).filter(
    ([, { saidBy }]) => !saidBy.includes(profile.side),
  );
  const slowest = ours.at(-1)?.[0] ?? '';
  const longer = Object.keys(replyMsAfter).length === 0 ? {} : { replyMsAfter };
  const said = { ...(replyMs === null ? {} : { replyMs }), ...longer };
  const isSaid = Object.keys(said).length > 0;
  return {
    about: [
      `How long an owed answer may take, ms. Without replyMs it is calibrated: ${calibrated} today.`,
      'After a message that keeps the target busy it may be longer.',
    ],
    ...(isSaid ? { members: { timeouts: said } } : {}),
    example: isSaid
      ? []
      : ['timeouts:', `  replyMs: ${calibrated}`, '  replyMsAfter:', `    ${slowest}: 6000`],
  };
}

function safety({ profile }: Subject, { destructive = {} }: Protocol): Section {
  const { consent = [], never, absent } = profile;
  const rows = Object.entries(destructive);
  const said = {
    safe: true,
    ...(consent.length === 0 ? {} : { consent }),
    ...(never.length === 0 ? {} : { never }),
    ...(absent.length === 0 ? {} : { absent }),
  };
  return {
    about: [
      'safe: nothing malformed is sent, and nothing destructive but what `consent` lists;',
      '`never` lists messages that are not sent at all, `absent` phases that it does not have.',
    ],
    members: said,
    example:
      rows.length === 0 ? [] : ['consent:', ...rows.map(([name, why]) => `- ${name}  # ${why}`)],
  };
}

function budget({ profile }: Subject): Section {
  const about = ['What a run may cost it: a run that would cost more ends, with what is known.'];
  const said = profile.budget ?? {};
  if (Object.keys(said).length > 0) return { about, members: { budget: said } };
  const example = ['budget:', '  keys: 100', '  messages: 20000', '  messagesPerSecond: 10'];
  return { about, example };
}

/** Files are named relative to the profile. */
function tls({ profile }: Subject, file: string): Section {
  const about = ['Over TLS: PEM files, relative to this one.'];
  const paths = Object.entries(profile.tls ?? {});
  if (paths.length === 0)
    return { about, example: ['tls:', '  ca: ca.pem', '  cert: …', '  key: …'] };
  const isFile = (name: string) => ['ca', 'cert', 'key'].includes(name);
  const moved = paths.map(([name, value]) => [
    name,
    isFile(name) ? relative(dirname(resolve(file)), resolve(String(value))) : value,
  ]);
  return { about, members: { tls: Object.fromEntries(moved) } };
}

function commands({ profile }: Subject): Section {
  const { start, reset, upkeep = {} } = profile;
  const { stop, restart, powerCycle } = upkeep;
  const all = Object.entries({ start, stop, reset, restart, powerCycle });
  const said = Object.fromEntries(all.filter(([, line]) => typeof line === 'string'));
  const examples = {
    start: 'systemctl start device     # before the run',
    stop: 'systemctl stop device       # at the end, also on Ctrl-C',
    reset: 'systemctl restart device   # after a failure',
    restart: 'systemctl restart device # when it fell',
    powerCycle: 'pdu-off-and-on 4      # when it did not come back',
  };
  const left = Object.entries(examples).filter(([name]) => !Object.hasOwn(said, name));
  return {
    about: ['Shell commands; how long each may take: timeouts.startMs, stopMs and so on.'],
    members: said,
    example: left.map(([name, line]) => `${name}: ${line}`),
  };
}

function captures({ profile }: Subject): Section {
  const about = [
    'all: keep the traces of cases that pass, and of all sessions of a campaign; for `judge`.',
  ];
  const { captures: wish } = profile;
  return wish === undefined
    ? { about, example: ['captures: all'] }
    : { about, members: { captures: wish } };
}
