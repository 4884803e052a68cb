import {
  integer,
  withSeed,
  withSettings,
  withTls,
  type TargetFlags,
  type TlsFlags,
} from '../flags.ts';
import type { Verb } from '../verb.ts';

/** What `serve` may be told. */
export interface ServeFlags
  extends Pick<TargetFlags, 'side' | 'dialect' | 'reading' | 'option'>, TlsFlags {
  readonly mutant?: string;
  readonly target?: string;
  readonly host: string;
  readonly port?: number;
  readonly seed: number;
  readonly quiet?: boolean;
  readonly admin?: string;
}

/** `serve`: one of our sides for somebody else to talk to. */
export const serve: Verb = {
  examples: [
    ['qkdspec serve qosst --side alice', 'an Alice on the usual port, until Ctrl-C'],
    ['qkdspec serve qosst --side alice --port 0', 'on a free port'],
    ['qkdspec serve qosst --side bob --target qosst://192.0.2.7', 'a Bob, for one session'],
    ['qkdspec serve kmip --dialect kmip/json --port 9998', 'a KMIP server, for JSON over HTTP'],
    [
      'qkdspec serve qosst --mutant <id>',
      'a side that is wrong in one place (list --kind mutants)',
    ],
  ],
  declare: (command) =>
    withTls(withSettings(withSeed(command.argument('<protocol>', 'its name'))))
      .option('--side <name>', 'which side (default: the serving one)')
      .option('--mutant <id>', 'a wrong one')
      .option('--host <host>', 'where a serving side listens', '127.0.0.1')
      .option('--port <n>', 'its port (default: the usual one; 0: any)', integer(0, 65_535))
      .option('--target <url>', 'where a client connects')
      .option('--admin <host:port>', 'where a serving side takes what it is to do, by HTTP')
      .option('--quiet', 'no line for each frame'),
  async run(command, screen) {
    const { serving } = await import('../serving.ts');
    const [protocol = ''] = command.args;
    return serving(protocol, command.opts<ServeFlags>(), screen);
  },
};
