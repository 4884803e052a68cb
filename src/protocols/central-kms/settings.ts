import Type from 'typebox';
import type { Settings } from '#src/contract/settings.ts';

const count = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, description }));
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));

/** What may stand under `options` in a profile of the central KMS socket. */
export const options = Type.Object(
  {
    path: text('The path of the socket; /sidecar without it.'),
    host: text('The Host of our upgrade.'),
    subprotocol: text('The subprotocol that our sidecar offers, and our KMS chooses.'),
    serviceName: text('The service that our sidecar is attached to.'),
    batches: count('Batches that our sidecar saves.'),
    healthchecks: count('Healthchecks of our KMS in a session, once the sidecar is registered.'),
    inquiries: count('Inquiries of our KMS in a session, once a batch is stored.'),
    level: text('The level of these healthchecks; ping without it.'),
    lingerMs: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 600_000,
        description: 'How long our sidecar waits for calls of the KMS before it leaves.',
      }),
    ),
  },
  { additionalProperties: false },
);

/** The settings of our sides, with what they are where a profile says nothing. */
const usual = {
  path: '/sidecar',
  host: 'central-kms',
  subprotocol: null,
  serviceName: 'payments',
  batches: 2,
  healthchecks: 1,
  inquiries: 1,
  level: 'ping',
  lingerMs: 300,
} as const;

type TextName = 'path' | 'host' | 'serviceName' | 'level';

/** A text among the options. */
export function textOption({ options }: Pick<Settings, 'options'>, name: TextName): string {
  const value = options[name];
  return typeof value === 'string' ? value : usual[name];
}

/** A number among the options. */
export function numberOption(
  { options }: Pick<Settings, 'options'>,
  name: Exclude<keyof typeof usual, TextName | 'subprotocol'>,
): number {
  const value = options[name];
  return typeof value === 'number' ? value : usual[name];
}

/** The subprotocol that both sides agree on; `null`: none. */
export function subprotocolOf({ options }: Pick<Settings, 'options'>): string | null {
  const value = options['subprotocol'];
  return typeof value === 'string' ? value : null;
}
