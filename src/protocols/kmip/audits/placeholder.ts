import {
  all,
  field,
  isFields,
  itemsOf,
  requirements,
  textAt,
  type Fields,
} from '#models/kmip/index.ts';
import type { Audit } from '#src/contract/protocol.ts';
import { fieldsAt } from './look.ts';

/** What changes nothing that another operation needs. */
const harmless = ['Encrypt', 'MAC', 'Sign', 'Get', 'GetAttributes', 'Locate', 'Query'];

/** Reasons that tell of an object that was not named. */
const unnamed = [
  'InvalidMessage',
  'InvalidField',
  'MissingData',
  'ItemNotFound',
  'ObjectNotFound',
  'GeneralFailure',
];

function nameOf(operation: string, id: string, payload: Fields): string {
  const { UniqueIdentifier: _, ...rest } = payload;
  return JSON.stringify([operation, id, rest]);
}

/** What the ID Placeholder holds behind an item; `null`: nobody can tell. */
function placeholderAfter(operation: string, told: Fields, before: string | null): string | null {
  const ids = all(told, 'UniqueIdentifier');
  const [id] = ids;
  if (operation === 'Locate') return ids.length === 1 && typeof id === 'string' ? id : null;
  if (['Create', 'Register'].includes(operation)) return typeof id === 'string' ? id : null;
  return harmless.includes(operation) ? before : null;
}

/** What was done to an object that was named is done to it where the ID Placeholder holds it. */
export const placeholderServes: Audit = {
  requirement: requirements.placeholderUsed,
  check(frames, peer) {
    if (peer !== 'server') return null;
    const served = new Set<string>();
    let request: unknown = null;
    for (const { by, perceived, at: index } of frames) {
      const { content } = perceived.payload;
      if (by === 'player') {
        request = content;
        continue;
      }
      const answers = itemsOf(content);
      let placeholder: string | null = null;
      for (const [place, item] of itemsOf(request).entries()) {
        const operation = textAt(item, 'Operation') ?? '';
        const [asked, answer] = [fieldsAt(item, 'RequestPayload'), answers[place]];
        if (!harmless.includes(operation)) served.clear();
        if (textAt(answer, 'Operation') !== operation) break;
        const named = field(asked, 'UniqueIdentifier');
        const status = textAt(answer, 'ResultStatus');
        if (status === 'Success' && typeof named === 'string') {
          served.add(nameOf(operation, named, asked));
        }
        const isRefused =
          status === 'OperationFailed' && unnamed.includes(textAt(answer, 'ResultReason') ?? '');
        const isBare = named === undefined && placeholder !== null;
        if (isRefused && isBare && served.has(nameOf(operation, placeholder ?? '', asked))) {
          const detail = `${operation} was done to ${placeholder}, and refused without naming it.`;
          return { at: index, detail };
        }
        if (status !== 'Success') break;
        const told = field(answer, 'ResponsePayload');
        placeholder = placeholderAfter(operation, isFields(told) ? told : {}, placeholder);
      }
    }
    return null;
  },
};
