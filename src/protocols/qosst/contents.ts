import { messages, type Conversation, type MessageName } from '#models/qosst/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { conversationAt } from './context.ts';
import { member as memberOf } from './say.ts';

/** An index that lies outside every frame. */
export const impossibleIndex = 4_000_000_000;
/** A version that nobody speaks. */
export const unknownVersion = 'QOSST/9.9';
/** Names a frame where none is being worked on. */
const someFrame = '9f0b6ea4-9e8c-11ed-8b23-0028f86a9730';
/** The UUID of a frame that nobody works on. */
export const otherFrame = '00000000-0000-4000-8000-000000000000';

type Contents = (conversation: Conversation, making: Making) => readonly unknown[];

/**
 * Valid contents where they depend on the session, the canonical one first; then one for each
 * branch that a guard of the model can take. All other messages have the document's example.
 */
const made: Partial<Readonly<Record<MessageName, Contents>>> = {
  unknownCommand: ({ asked }) => [{ code: asked.code ?? 1000 }],
  unexpectedCommand: ({ asked }) => [{ code: asked.code ?? 200 }],
  invalidContent: ({ asked }) => [asked.code === undefined ? undefined : { code: asked.code }],
  identificationRequest: ({ version }) => [
    { serial_number: 'QOSST/0002', qosst_version: version },
    { serial_number: 'QOSST/0002', qosst_version: unknownVersion },
  ],
  invalidQosstVersion: ({ version }) => [{ qosst_version: version }],
  initializationRequest: (_, { random }) => [{ frame_uuid: random.uuid() }],
  qieRequest: ({ frameUuid }) => [
    { frame_uuid: frameUuid ?? someFrame },
    { frame_uuid: otherFrame },
  ],
  peSymbolsRequest: ({ frameSymbols }) => [
    { indices: [0, 3, 1].filter((index) => index < (frameSymbols ?? 4)) },
    { indices: [impossibleIndex] },
  ],
  peSymbolsResponse: ({ asked }) => [symbolsFor(asked.content)],
  peFinished: () => [
    messages.peFinished.example,
    {
      n_photon: 1.54,
      transmittance: 0.5,
      excess_noise: 0.1,
      electronic_noise: 0.05,
      eta: 0.8,
      key_rate: 0,
    },
  ],
  frameEnded: ({ frameUuid }) => [
    { frame_uuid: frameUuid ?? someFrame },
    { frame_uuid: otherFrame },
  ],
  frameEndedAck: ({ frameUuid }) => [{ frame_uuid: frameUuid ?? someFrame }],
  parameterChanged: ({ asked }) => [
    {
      parameter: asOf(asked.content, 'parameter'),
      old_value: 0.5,
      new_value: asOf(asked.content, 'value'),
    },
  ],
  parameterUnknown: ({ asked }) => [{ parameter: asOf(asked.content, 'parameter') }],
  parameterInvalidValue: ({ asked }) => [
    { parameter: asOf(asked.content, 'parameter'), old_value: 0.5 },
  ],
  parameterUnchanged: ({ asked }) => [
    { parameter: asOf(asked.content, 'parameter'), old_value: 0.5 },
  ],
};

/** Valid contents of a message at this point of the session, the canonical one first. */
export function contents(message: MessageName, making: Making): readonly unknown[] {
  const make = made[message];
  return (
    make?.(conversationAt(making.position), making) ?? [messages[message].example ?? undefined]
  );
}

/** A member of what was asked; where nothing was, that of the document's example. */
function asOf(content: unknown, member: string): unknown {
  return memberOf(content, member) ?? memberOf(messages.changeParameterRequest.example, member);
}

function symbolsFor(content: unknown): object {
  const indices = asOf(content, 'indices');
  const count = Array.isArray(indices) ? indices.length : 0;
  const symbols = Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 1 : -1));
  return { symbols_real: symbols, symbols_imag: symbols };
}
