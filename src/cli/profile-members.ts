import Type, { type Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, description }));
const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description }));
const count = (description: string, minimum: number) =>
  Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER, description });
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
          startMs: Type.Optional(ms('For `start`, until it takes connections; 30000 without it.')),
          stopMs: Type.Optional(ms('For `stop`; 60000 without it.')),
          resetMs: Type.Optional(ms('For `reset`; 60000 without it.')),
          restartMs: Type.Optional(
            ms('For `restart`, until it takes connections; 90000 without it.'),
          ),
          powerCycleMs: Type.Optional(
            ms('For `powerCycle`, until it takes connections; 90000 without it.'),
          ),
        },
        closed,
      ),
    ),
    absent: texts('Phases that it declares it does not have.'),
    never: texts('Messages that must never be sent to it.'),
    safe: Type.Optional(
      Type.Boolean({
        description: 'Send nothing malformed, and nothing destructive without consent.',
      }),
    ),
    consent: texts('Destructive messages that may be sent to it in safe mode.'),
    budget: Type.Optional(
      Type.Object(
        {
          keys: Type.Optional(count('Keys that a run may take, or have made.', 0)),
          messages: Type.Optional(count('Messages of a run, sent and received.', 1)),
          messagesPerSecond: Type.Optional(
            Type.Number({
              exclusiveMinimum: 0,
              maximum: 1_000_000,
              description: 'How fast they may follow each other, on average.',
            }),
          ),
        },
        { ...closed, description: 'What a run may cost it.' },
      ),
    ),
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
    stop: text('Shell command that takes it down: at the end of a run, and before another start.'),
    reset: text('Shell command that brings it back to its first state: after a failure.'),
    restart: text('Shell command that brings it back when it fell.'),
    powerCycle: text('Shell command for where it did not come back: the last resort.'),
    captures: Type.Optional(
      Type.Union([Type.Literal('failures'), Type.Literal('all')], {
        description: 'Traces of which cases and sessions of campaigns are kept.',
      }),
    ),
  },
  closed,
);

export type ProfileMembers = Static<typeof profileMembers>;
