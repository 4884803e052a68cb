import type { Exhibit } from '#src/contract/exhibit.ts';
import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Trace } from '#src/contract/trace.ts';
import { headline, secretsNote } from './notes.ts';
import { scriptSteps, type ScriptStep } from './script/steps.ts';

/** What every script is made of, beside this file; the last one begins to play. */
export const scriptModules: readonly URL[] = [
  new URL('./script/http.js', import.meta.url),
  new URL('./script/compare.js', import.meta.url),
  new URL('./script/connections.js', import.meta.url),
  new URL('./script/runtime.js', import.meta.url),
];

/** The texts of the modules that a script is made of. */
export interface ScriptParts {
  /** Of the files that `scriptModules` names, in their order. */
  readonly machinery: readonly string[];
  /** Of the room: `Scripting.module`. */
  readonly wire: string;
}

/**
 * A script in plain JavaScript that says again what the player said in a trace, up to what is wrong:
 * exit 0 when the same is seen again, 1 when not, 2 when it cannot be played.
 */
export function script(
  about: { readonly protocol: Protocol; readonly trace: Trace; readonly exhibit: Exhibit },
  parts: ScriptParts,
): string {
  const { protocol, trace, exhibit } = about;
  const steps = scriptSteps(about);
  const secrets = secretsNote(exhibit);
  const lines = [...headline(exhibit), ...(secrets === null ? [] : [secrets])];
  const settings = settingsFor(protocol, { dialect: trace.dialect, options: trace.options });
  const finding = {
    about: lines,
    refuses: refusal(about),
    isServer: trace.peer !== protocol.model.server,
    places: [`127.0.0.1:${protocol.defaultPort}`],
    awaited: protocol.scripting?.awaited?.(settings) ?? [],
    fresh: protocol.scripting?.fresh ?? {},
  };
  return [
    '#!/usr/bin/env node',
    ...lines.map((line) => `// ${line.replaceAll(/[\r\n]+/g, ' ')}`),
    ...usage(finding.isServer),
    'const finding = {',
    ...Object.entries(finding).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`),
    '  steps: [',
    ...steps.map((step) => `    ${JSON.stringify(step satisfies ScriptStep)},`),
    '  ],',
    '};',
    ...[parts.wire, ...parts.machinery].map(unexported),
  ].join('\n');
}

/** Why it cannot be played; `null`: it can. */
function refusal({
  protocol,
  trace,
  exhibit,
}: {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly exhibit: Exhibit;
}): string | null {
  const { scripting } = protocol;
  if (scripting === undefined) return `${protocol.name} has no scripts`;
  const settings = settingsFor(protocol, { dialect: trace.dialect, options: trace.options });
  const refused = scripting.refuses?.(settings) ?? null;
  if (refused !== null) return refused;
  const last = exhibit.wrongAt ?? exhibit.steps.length;
  const computed = exhibit.steps
    .slice(0, last)
    .filter(({ by }) => by === exhibit.player)
    .flatMap(({ frame }) => scripting.computed[frame?.message ?? ''] ?? []);
  return computed[0] ?? null;
}

function usage(isServer: boolean): readonly string[] {
  const how = isServer
    ? 'node <this file> host:port: listens there, and waits for the client under test'
    : 'node <this file> host:port: plays against the server there';
  return [
    '// Node 18 or later, nothing else. Exit 0: the same was seen; 1: it was not; 2: it cannot be played.',
    `// ${how}; --help: over TLS, and where else.`,
  ];
}

/** A module's text within another one. */
function unexported(text: string): string {
  return text.replaceAll(/^export /gm, '');
}
