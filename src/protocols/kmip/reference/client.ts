import type { Answers, Deed, SideRecord, SideScene } from '#src/contract/side.ts';
import type { MessageName } from '#models/kmip/index.ts';
import { say } from '../say.ts';

/** What the client keeps for one session. */
export interface ClientMemory {
  /** How many requests of its course it has said. */
  readonly course: { said: number };
}

/** What the client does: it looks at the server, and leads a key through its life. */
const course: readonly MessageName[] = [
  'discoverVersions',
  'query',
  'create',
  'getAttributes',
  'activate',
  'encrypt',
  'batch',
  'get',
  'revoke',
  'destroy',
];

/** What the client says while nothing awaits a response. */
export const answers: Answers<ClientMemory> = { 'exchange.idle': proceed };

/** The reference client: each operation, every response checked by the model. */
export const client: SideRecord<ClientMemory> = {
  answers,
  memory: () => ({ course: { said: 0 } }),
};

/** The next request of its course; then it leaves. */
export function proceed({ memory }: SideScene<ClientMemory>): Deed {
  const message = course[memory.course.said];
  memory.course.said += 1;
  return message === undefined ? { do: 'close' } : say(message);
}
