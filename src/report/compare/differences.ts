import type { Report } from '#src/contract/report.ts';

/** What two runs do not have in common, so that a reader knows what they compare. */
export function differences(before: Report, after: Report): readonly string[] {
  return [
    ...apart('another protocol', before.target.protocol, after.target.protocol),
    ...apart('another side', before.target.side, after.target.side),
    ...apart('another target', before.target.url, after.target.url),
    ...apart('another seed', before.seed, after.seed),
    ...apart('another qkdspec', before.tool.version, after.tool.version),
    ...apart('another dialect', member(before, 'dialect'), member(after, 'dialect')),
    ...apart('other readings', member(before, 'readings'), member(after, 'readings')),
    ...apart('other settings', member(before, 'options'), member(after, 'options')),
    ...apart('another kind of run', kindOf(before), kindOf(after)),
    ...apart('other cases were chosen', chosen(before), chosen(after)),
    ...versions(before, after),
    ...brokenOff('the first run', before),
    ...brokenOff('the second run', after),
  ];
}

function apart(what: string, before: unknown, after: unknown): readonly string[] {
  const [then, now] = [before, after].map(written);
  return then === now ? [] : [`${what}: ${then}, then ${now}`];
}

function written(value: unknown): string {
  return typeof value === 'string' ? value || 'none' : (JSON.stringify(value) ?? 'none');
}

function member({ profile }: Report, name: string): unknown {
  return profile[name] ?? null;
}

function kindOf({ fuzz }: Report): string {
  return fuzz === undefined ? 'suite' : 'campaign';
}

function chosen({ scope }: Report): string {
  if (scope === undefined) return 'all';
  const { selectors, level, shard, every } = scope;
  const part = shard === null ? [] : [`shard ${shard.index}/${shard.of}`];
  return [every ? 'all' : selectors.join(' ') || 'some', `level ${level}`, ...part].join(', ');
}

function versions(before: Report, after: Report): readonly string[] {
  const then = new Map(before.results.map(({ id, version }) => [id, version]));
  const changed = after.results.filter(({ id, version }) => (then.get(id) ?? version) !== version);
  const [first] = changed;
  if (first === undefined) return [];
  const count = changed.length === 1 ? '1 case itself' : `${changed.length} cases themselves`;
  return [`${count} changed, ${first.id} the first: their verdicts say less`];
}

/** Exit codes of runs that came to their end. */
const wholeRuns: readonly number[] = [0, 1, 4];

function brokenOff(which: string, { exit, scope }: Report): readonly string[] {
  const stopped = scope?.stopped?.because;
  if (wholeRuns.includes(exit.exitCode) && stopped === undefined) return [];
  return [`${which} did not come to its end: ${stopped ?? exit.because}`];
}
