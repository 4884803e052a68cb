import { basename, join, relative } from 'node:path';
import type { TargetFlags } from './flags.ts';
import type { Subject } from './profile.ts';
import { formatTargetUrl } from './target-url.ts';

/** The command that plays one case again: the same target, said as it was said. */
export function replayCommand(
  id: string,
  subject: Subject,
  flags: TargetFlags & { readonly seed: number },
): string {
  return commandFor(['test', id], subject, flags);
}

/** A command of ours about a target: the verb and its argument first. */
export function commandFor(
  verb: readonly string[],
  { protocol, profile }: Subject,
  flags: TargetFlags & { readonly seed: number },
): string {
  const said = (flag: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${flag}`, quoted(String(value))];
  const target = formatTargetUrl(protocol, profile);
  const words = [
    invocation(),
    ...verb.map(quoted),
    ...said('profile', flags.profile),
    ...(flags.profile === undefined || flags.target !== undefined ? said('target', target) : []),
    ...said('side', profile.target.kind === 'reference' ? undefined : profile.side),
    ...said('dialect', flags.dialect),
    ...(flags.reading ?? []).flatMap((pin) => said('reading', pin)),
    ...(flags.option ?? []).flatMap((setting) => said('option', setting)),
    ...said('timeout', flags.timeout),
    ...said('tls-ca', flags.tlsCa),
    ...said('tls-cert', flags.tlsCert),
    ...said('tls-key', flags.tlsKey),
    ...said('tls-server-name', flags.tlsServerName),
    ...(flags.tlsInsecure === true ? ['--tls-insecure'] : []),
    ...said('start', flags.start),
    ...said('stop', flags.stop),
    ...said('reset', flags.reset),
    ...said('restart', flags.restart),
    ...said('power-cycle', flags.powerCycle),
    ...(flags.safe === true ? ['--safe'] : []),
    ...(flags.consent ?? []).flatMap((message) => said('consent', message)),
    ...said('seed', flags.seed),
  ];
  return words.join(' ');
}

/** How this process was started: by the file in a checkout, from a package, by its name alone. */
function invocation(): string {
  const script = process.argv[1] ?? '';
  if (basename(script) === 'qkdspec.js') return `node ${quoted(relative('', script))}`;
  return script.endsWith(join('node_modules', '.bin', 'qkdspec')) ? 'npx qkdspec' : 'qkdspec';
}

/** A word of a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@,+[\]-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
