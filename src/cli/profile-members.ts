import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));
const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description }));
const ms = (description: string) =>
  Type.Number({ exclusiveMinimum: 0, maximum: 3_600_000, description });

/** What a profile file may hold; flags say the same under other names. */
export const profileMembers = Type.Object(
  {
    protocol: text('The protocol, where the target does not tell it.'),
    target: text(
      '<protocol>://host:port (with an s for TLS), reference:<protocol>, cmd:<command> or listen:<host>:<port>.',
    ),
    side: text('The side under test.'),
    dialect: text('Which wire rules it speaks.'),
    readings: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: 'Pinned readings, by ambiguity.' }),
    ),
    options: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: "The protocol's own settings." }),
    ),
    timeouts: Type.Optional(
      Type.Object(
        {
          replyMs: Type.Optional(ms('For an owed answer; without it: calibrated.')),
          replyMsAfter: Type.Optional(
            Type.Record(Type.String(), ms('For the answer to one message.')),
          ),
        },
        closed,
      ),
    ),
    absent: texts('Phases that it declares it does not have.'),
    never: texts('Messages that must never be sent to it.'),
    safe: Type.Optional(Type.Boolean({ description: 'Send nothing malformed.' })),
    tls: Type.Optional(
      Type.Object(
        {
          ca: text('PEM file of the authorities that its certificate may be signed by.'),
          cert: text('PEM file of the certificate that we show.'),
          key: text('PEM file of its private key.'),
          serverName: text('The name in its certificate, where it is not that of its address.'),
          insecure: Type.Optional(Type.Boolean({ description: 'Believe any certificate.' })),
        },
        closed,
      ),
    ),
    start: text('Shell command that brings it up.'),
    reset: text('Shell command that brings it back to its first state.'),
  },
  closed,
);

export type ProfileMembers = Static<typeof profileMembers>;
