import { existsSync, writeFileSync } from 'node:fs';
import { protocols } from '#src/protocols/index.ts';
import { printable } from '#src/report/text.ts';
import { examine, type Checkup } from '#src/suite/doctor.ts';
import { codeOf } from './folder.ts';
import { subjectOf } from './profile.ts';
import { profileTemplate } from './profile-template.ts';
import type { Screen } from './screen.ts';
import { usage } from './usage.ts';
import type { DoctorFlags } from './verbs/doctor.ts';

/** Looks at a target, shows what is found, and returns the exit code: 3 where it cannot be tested. */
export async function examining(flags: DoctorFlags, screen: Screen): Promise<number> {
  const { writeProfile: file, json = false } = flags;
  if (file !== undefined && existsSync(file)) {
    throw usage(`--write-profile: ${file} is there already; name another file`);
  }
  const subject = await subjectOf(flags, protocols);
  const checkups: Checkup[] = [];
  for await (const checkup of examine(subject.protocol, subject.profile, screen.signal)) {
    checkups.push(checkup);
    if (!json) screen.out(lineOf(checkup));
  }
  const isHealthy = checkups.every(({ ok }) => ok);
  if (json) screen.out(`${JSON.stringify({ ok: isHealthy, checks: checkups }, null, 2)}\n`);
  if (screen.signal.aborted) return 130;
  if (file !== undefined) {
    const tell = json ? screen.err : screen.out;
    if (isHealthy) tell(write(file, profileTemplate(subject, checkups, file)));
    else tell('no profile is written: the target cannot be tested\n');
  }
  return isHealthy ? 0 : 3;
}

function lineOf({ check, ok, detail }: Checkup): string {
  const told = detail === '' ? '' : `: ${printable(detail)}`;
  return `${ok ? 'ok    ' : 'failed'}  ${check}${told}\n`;
}

/** @throws HarnessError `usage` where it cannot be written. */
function write(file: string, text: string): string {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (cause) {
    throw usage(`cannot write ${file}: ${codeOf(cause)}`, { cause });
  }
  return `wrote ${file}; look what a run would send: qkdspec test --profile ${file} --plan\n`;
}
