import {
  collect,
  integer,
  reporterHelp,
  withSettings,
  withTls,
  type TargetFlags,
} from '../flags.ts';
import type { Verb } from '../verb.ts';

/** What `proxy` may be told. */
export interface ProxyFlags extends Omit<TargetFlags, 'listen'> {
  readonly listen?: readonly string[];
  readonly backListen?: readonly string[];
  readonly backTarget?: readonly string[];
  readonly script?: string;
  readonly sessions?: number;
  readonly tlsClientCa?: string;
  readonly verbose?: boolean;
  readonly reporter?: readonly string[];
  readonly out?: string;
}

/** `proxy`: between two real peers, both judged at once. */
export const proxy: Verb = {
  examples: [
    [
      'qkdspec proxy --listen 127.0.0.1:9000 --target qosst://192.0.2.7:8181',
      'Bob connects to port 9000',
    ],
    [
      'qkdspec proxy --target kms+ws://127.0.0.1:8080 --sessions 1 --verbose',
      'a line for each frame; ends behind one session',
    ],
    [
      'qkdspec proxy --target qosst://192.0.2.7 --script fixtures/proxy/qosst.yaml',
      'with faults, by meaning',
    ],
    [
      'qkdspec proxy --target kmip://192.0.2.7 --tls-cert us.pem --tls-key us-key.pem',
      'over TLS both ways; both see the certificate',
    ],
  ],
  declare: (command) =>
    withTls(withSettings(command.optionsGroup('Peers:')))
      .option('--target <url>', 'the server: <protocol>://host:port')
      .option(
        '--listen <host:port>',
        'where its client connects instead; port 0: any (default: any port of 127.0.0.1; twice where a session has two ends)',
        collect,
      )
      .option(
        '--back-listen <host:port>',
        'where the server calls its client, if it does (repeatable)',
        collect,
      )
      .option('--back-target <host:port>', 'where the client awaits that (repeatable)', collect)
      .option('--protocol <name>', 'the protocol, where the target does not tell')
      .option('--profile <file>', 'readings, dialect and more, as YAML; flags override it')
      .option('--timeout <ms>', 'for an owed answer (default: 10000)', integer(1, 3_600_000))
      .option('--tls-client-ca <file>', 'clients must show a certificate of these authorities')
      .optionsGroup('Run:')
      .option('--script <file>', 'faults to inject, as YAML: see fixtures/proxy/')
      .option('--sessions <n>', 'end behind so many sessions (default: at Ctrl-C)', integer(1, 1e6))
      .option('--verbose', 'a line for each frame')
      .option('--reporter <name[:file]>', reporterHelp, collect)
      .option('--out <dir>', 'where report.json and traces go (default: reports/<what was seen>)')
      .addHelpText(
        'after',
        '\nCtrl-C ends it: with sessions seen the exit code is that of their verdicts (0 or 1), else 130.\n' +
          'A server that calls its client back (push mode) is to be told --back-listen as its address.\n' +
          'The side that first breaks something is blamed; what follows from it, or from a fault, is not.',
      ),
  async run(command, screen) {
    const { proxying } = await import('../proxying.ts');
    return proxying(command.opts<ProxyFlags>(), screen);
  },
};
