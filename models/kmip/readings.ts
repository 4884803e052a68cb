import type { ambiguities } from './ambiguities.ts';
import type { Conversation } from './talk.ts';

type Ambiguities = typeof ambiguities;

/** Whether a reading is in force. */
export function reads<Key extends keyof Ambiguities & string>(
  { readings }: Pick<Conversation, 'readings'>,
  key: Key,
  reading: keyof Ambiguities[Key]['readings'] & string,
): boolean {
  return readings[key] === reading;
}
