import {
  fieldRules,
  isFields,
  keyOf,
  messages,
  operations,
  requirements,
  type Fields,
  type OperationKey,
} from '#models/kmip/index.ts';
import { without } from '../altered.ts';
import { table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { ask, create, stillServes } from './saying.ts';

const { payloadFits, badItemRefused, typesRight, unknownFieldRefused, staysUp } = requirements;

/** A good payload of an operation, about an object that is there. */
function payloadOf(key: OperationKey, id: string): Fields {
  const [item] = messages[key].example.BatchItem;
  const payload: unknown = item?.RequestPayload;
  const good = isFields(payload) ? payload : {};
  return 'UniqueIdentifier' in good ? { ...good, UniqueIdentifier: id } : good;
}

const wrongValue: Readonly<Record<string, unknown>> = {
  true: { type: 'TextString', value: 'text' },
  false: { type: 'Boolean', value: true },
};

/** How a payload is bent: `null` where that operation has no such payload. */
interface Bend {
  readonly title: string;
  readonly covers: Row['covers'];
  bend(payload: Fields, key: OperationKey): Fields | null;
}

/** The last field of a payload. */
function lastOf(payload: Fields): string | null {
  return Object.keys(payload).at(-1) ?? null;
}

/** A field that it must have. */
function neededIn(key: OperationKey, payload: Fields): string | null {
  const rules = fieldRules(operations[key].request);
  return rules.find(({ name, least }) => least > 0 && name in payload)?.name ?? null;
}

const several = (key: OperationKey, name: string) =>
  fieldRules(operations[key].request).some((rule) => rule.name === name && rule.most > 1);

const bends: Readonly<Record<string, Bend>> = {
  'needed-missing': {
    title: 'without a field that it needs is refused',
    covers: [payloadFits, badItemRefused, staysUp],
    bend: (payload, key) => {
      const name = neededIn(key, payload);
      return name === null ? null : without(payload, name);
    },
  },
  'field-twice': {
    title: 'with a field twice is refused',
    covers: [payloadFits, badItemRefused, staysUp],
    bend: (payload, key) => {
      const name = lastOf(payload);
      if (name === null || several(key, name)) return null;
      return { ...payload, [name]: [payload[name], payload[name]] };
    },
  },
  'other-type': {
    title: 'with a field of another type is refused',
    covers: [typesRight, badItemRefused, staysUp],
    bend: (payload) => {
      const name = lastOf(payload);
      if (name === null) return null;
      const isText = isFields(payload[name]);
      return { ...payload, [name]: wrongValue[String(isText)] };
    },
  },
  'unknown-field': {
    title: 'with a field that nobody knows is refused or done',
    covers: [unknownFieldRefused, staysUp],
    bend: (payload) => ({ ...payload, '0x4202fe': { type: 'Integer', value: 7 } }),
  },
  'in-reverse': {
    title: 'in the reverse order is refused or done',
    covers: [payloadFits, staysUp],
    bend: (payload) => {
      const fields = Object.entries(payload);
      return fields.length < 2 ? null : Object.fromEntries(fields.toReversed());
    },
  },
};

const keys = Object.values(operations).flatMap(({ operation }) => keyOf(operation) ?? []);

const rows: Readonly<Record<string, Row>> = Object.fromEntries(
  keys.flatMap((key) =>
    Object.entries(bends)
      .filter(([, { bend }]) => bend(payloadOf(key, '1'), key) !== null)
      .map(([name, { title, covers, bend }]) => [
        `${operations[key].operation}-${name}`,
        {
          title: `${operations[key].operation} ${title}`,
          covers,
          tags: ['hostile'],
          play: async (player: KmipPlayer) => {
            const id = await create(player);
            const payload = bend(payloadOf(key, id), key) ?? {};
            const heard = await ask(player, operations[key].operation, payload);
            await stillServes(player, heard);
          },
        },
      ]),
  ),
);

/** Payloads of each operation that are wrong in one place. */
export const payloadCases: readonly KmipCase[] = table('payloads', { against: 'server' }, rows);
