import { InvalidArgumentError, type Command } from 'commander';

/** What may be said of TLS on the command line. */
export interface TlsFlags {
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsServerName?: string;
  readonly tlsInsecure?: boolean;
}

/** What may be said of a target on the command line. */
export interface TargetFlags extends TlsFlags {
  readonly target?: string;
  readonly listen?: string;
  readonly profile?: string;
  readonly protocol?: string;
  readonly side?: string;
  readonly dialect?: string;
  readonly reading?: readonly string[];
  readonly option?: readonly string[];
  readonly timeout?: number;
  readonly start?: string;
  readonly stop?: string;
  readonly reset?: string;
  readonly restart?: string;
  readonly powerCycle?: string;
  readonly safe?: boolean;
  readonly consent?: readonly string[];
  readonly maxKeys?: number;
  readonly maxMessages?: number;
  readonly maxMessagesPerSecond?: number;
  readonly capture?: boolean;
}

/** Adds the flags of a target. */
export function withTarget(command: Command): Command {
  return withTls(withSettings(command.optionsGroup('Target:')))
    .option('--profile <file>', 'everything about the target, as YAML; flags override it')
    .option(
      '--target <url>',
      '<protocol>://host:port, reference:<protocol>[/side][?mutant=id] or cmd:"… {url}"',
    )
    .option('--listen <host:port>', 'wait here for a target that is a client')
    .option('--protocol <name>', 'the protocol, where the target does not tell')
    .option('--side <name>', 'the side under test (default: the serving side of an address)')
    .option('--timeout <ms>', 'for an owed answer (default: calibrated)', integer(1, 3_600_000))
    .option('--start <command>', 'shell command that brings the target up')
    .option('--stop <command>', 'shell command that takes it down, at the end')
    .option('--reset <command>', 'shell command that brings it back to its first state')
    .option('--restart <command>', 'shell command that brings it back when it fell')
    .option('--power-cycle <command>', 'shell command for where it did not come back')
    .option('--safe', 'send nothing malformed, and nothing destructive without --consent')
    .option('--consent <message>', 'a destructive message that may be sent (repeatable)', collect);
}

/** Adds what a run may cost its target. */
export function withBudget(command: Command): Command {
  const most = Number.MAX_SAFE_INTEGER;
  return command
    .option('--max-keys <n>', 'end before more keys are taken or made', integer(0, most))
    .option('--max-messages <n>', 'end before more is sent and received', integer(1, most))
    .option('--max-messages-per-second <n>', 'for devices', integer(1, 1_000_000));
}

/** Adds the flags that say in which form a protocol is spoken. */
export function withSettings(command: Command): Command {
  return command
    .option('--dialect <name>', 'which wire rules are spoken')
    .option('--reading <id=value>', 'pin the reading of an ambiguity (repeatable)', collect)
    .option('--option <name=value>', "one of the protocol's own settings (repeatable)", collect);
}

/** Adds the flags of TLS. */
export function withTls(command: Command): Command {
  return command
    .option('--tls-ca <file>', 'over TLS: the authorities to believe, as PEM')
    .option('--tls-cert <file>', 'over TLS: our certificate, as PEM')
    .option('--tls-key <file>', 'its private key, as PEM')
    .option('--tls-server-name <name>', "the name in a server's certificate, if not its address")
    .option('--tls-insecure', 'believe any certificate');
}

/** Adds `--seed`. */
export function withSeed(command: Command): Command {
  return command.option('--seed <n>', 'the source of all chance', integer(0, 2 ** 32 - 1), 42);
}

/** What decides a run in continuous integration. */
export interface GateFlags {
  readonly baseline?: string;
  readonly ci?: boolean;
}

/** Adds the flags of continuous integration. */
export function withGate(command: Command): Command {
  return command
    .option('--baseline <file>', 'known failures, as YAML; `qkdspec baseline` writes it')
    .option('--ci', 'no colours, no live screen; annotations and job summary on GitHub');
}

/** What the help of `--reporter` says: the names of formats.ts, which no help loads. */
export const reporterHelp =
  'console, json, junit, html, markdown, sarif or allure; - is stdout (repeatable)';

/** Reads a whole number of a range. */
export function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** For an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Reads `i/n`, 1 ≤ i ≤ n. */
export function shard(text: string): { readonly index: number; readonly of: number } {
  const [, part, of] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (part === undefined || of === undefined || Number(part) < 1 || Number(part) > Number(of)) {
    throw new InvalidArgumentError('Expected i/n with 1 ≤ i ≤ n, as in 2/4.');
  }
  return { index: Number(part) - 1, of: Number(of) };
}
