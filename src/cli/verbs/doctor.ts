import { withTarget, type TargetFlags } from '../flags.ts';
import { usage } from '../usage.ts';
import type { Verb } from '../verb.ts';

/** What `doctor` may be told besides its target. */
export interface DoctorFlags extends TargetFlags {
  readonly writeProfile?: string;
  readonly json?: boolean;
}

/** `doctor`: can this target be tested? */
export const doctor: Verb = {
  examples: [
    ['qkdspec doctor qosst://192.0.2.7:8181', 'is an Alice there, and does she answer?'],
    [
      'qkdspec doctor kmip://192.0.2.7 --tls-ca ca.pem',
      'a KMIP server; does it want a certificate?',
    ],
    ['qkdspec doctor --profile lab.yaml', 'the target of a profile'],
    ['qkdspec doctor qosst://192.0.2.7 --write-profile lab.yaml', 'and a commented profile of it'],
  ],
  declare: (command) =>
    withTarget(command.argument('[target]', 'as for --target'))
      .optionsGroup('Doctor:')
      .option('--write-profile <file>', 'write what was found out as a commented profile')
      .option('--json', 'for a program'),
  async run(command, screen) {
    const flags = command.opts<DoctorFlags>();
    const [target = flags.target] = command.args;
    const named = [target, flags.listen, flags.profile].some((one) => one !== undefined);
    if (!named) throw usage('doctor takes a target: a URL, --listen or --profile');
    const { examining } = await import('../examining.ts');
    return examining(target === undefined ? flags : { ...flags, target }, screen);
  },
};
