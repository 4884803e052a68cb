import { withTarget, type TargetFlags } from '../flags.ts';
import { usage } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** `doctor`: can this target be tested? */
export const doctor: Verb = {
  examples: [
    ['qkdspec doctor qosst://192.0.2.7:8181', 'is an Alice there, and does she answer?'],
    [
      'qkdspec doctor kmip://192.0.2.7 --tls-ca ca.pem',
      'a KMIP server; does it want a certificate?',
    ],
    ['qkdspec doctor --profile lab.yaml', 'the target of a profile'],
  ],
  declare: (command) => withTarget(command.argument('[target]', 'as for --target')),
  async run(command, screen) {
    const flags = command.opts<TargetFlags>();
    const [target = flags.target] = command.args;
    const named = [target, flags.listen, flags.profile].some((one) => one !== undefined);
    if (!named) throw usage('doctor takes a target: a URL, --listen or --profile');
    const { protocols } = await import('#src/protocols/index.ts');
    const { subjectOf } = await import('../profile.ts');
    const { examine } = await import('#src/suite/doctor.ts');
    const given = target === undefined ? flags : { ...flags, target };
    const { protocol, profile } = await subjectOf(given, protocols);
    let healthy = true;
    for await (const { check, ok, detail } of examine(protocol, profile, screen.signal)) {
      healthy &&= ok;
      screen.out(`${ok ? 'ok    ' : 'failed'}  ${check}${detail === '' ? '' : `: ${detail}`}\n`);
    }
    if (screen.signal.aborted) return 130;
    return healthy ? 0 : 3;
  },
};
