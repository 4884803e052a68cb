import { withFuzz, type FuzzFlags } from '../fuzz-flags.ts';
import type { Verb } from '../verb.ts';

/** `fuzz`: a campaign against one target. */
export const fuzz: Verb = {
  examples: [
    ['qkdspec fuzz qosst', 'against our own Alice: finds nothing'],
    ['qkdspec fuzz --target qosst://192.0.2.7 --budget 50000msg,10m', 'an Alice at an address'],
    ["qkdspec fuzz --profile lab.yaml --start './alice --port 8181'", 'restarted when it falls'],
    [
      "qkdspec fuzz --target 'cmd:bob.py --port {port}' --budget 60s",
      'a Bob, started each session',
    ],
    ['qkdspec fuzz --target qosst://192.0.2.7 --safe --max-messages-per-second 10', 'a device'],
    ['qkdspec fuzz --profile lab.yaml --capture', 'keep all sessions; then: judge reports/<run>'],
    ['qkdspec fuzz --profile lab.yaml --safe --plan', 'what it may send; nothing is sent'],
    ["qkdspec fuzz --target 'reference:qosst?mutant=<id>' --workers 2", 'see a wrong Alice found'],
    ['qkdspec fuzz --resume reports/<run> --budget 10000msg', 'go on with a campaign'],
  ],
  declare: (command) => withFuzz(command.argument('[protocol]', 'its name (default: by target)')),
  async run(command, screen) {
    const { fuzzing } = await import('../fuzz-run.ts');
    const { campaignFlagsOf } = await import('../fuzz-resume.ts');
    const [protocol] = command.args;
    const flags = campaignFlagsOf(command, command.opts<FuzzFlags>());
    return fuzzing(protocol === undefined ? flags : { ...flags, protocol }, screen);
  },
};
