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
  readonly reset?: string;
  readonly safe?: boolean;
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
    .option('--reset <command>', 'shell command that brings it back to its first state')
    .option('--safe', 'send nothing malformed');
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
