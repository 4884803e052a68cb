import { HarnessError } from '#src/base/errors.ts';
import { readSettingFile } from '#src/base/file.ts';
import type { Settings } from '#src/contract/settings.ts';
import { member } from '../say.ts';
import type { Authenticator } from './authenticator.ts';
import { falcon512 } from './falcon.ts';
import { readFalconKeys } from './falcon-keys.ts';
import { none } from './none.ts';

const chosen = new WeakMap<object, Map<string, Authenticator>>();

/**
 * Who seals what a side says, and who checks it. Falcon keys are read once a side.
 * @throws HarnessError `usage` when a key file is missing or wrong.
 */
export function authenticatorOf(settings: Settings, speaker: string): Authenticator {
  if (settings.options['authenticator'] !== 'falcon-512') return none;
  const known = chosen.get(settings.options) ?? new Map<string, Authenticator>();
  chosen.set(settings.options, known);
  const made = known.get(speaker) ?? falcon(settings, speaker);
  known.set(speaker, made);
  return made;
}

function falcon(settings: Settings, speaker: string): Authenticator {
  const files = member(settings.options['keys'], speaker);
  return falcon512({
    secretKey: key(files, 'secret'),
    peerPublicKey: key(files, 'public'),
  });
}

function key(files: unknown, kind: 'secret' | 'public'): Uint8Array | undefined {
  const file = member(files, kind);
  if (typeof file !== 'string') return undefined;
  const read = readFalconKeys(readSettingFile(file), kind);
  if (read.ok) return read.key;
  throw new HarnessError('usage', `'${file}' is no Falcon ${kind} key: ${read.why}`);
}
