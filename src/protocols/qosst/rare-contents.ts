import { messages, type MessageName } from '#models/qosst/index.ts';
import type { Making } from '#src/contract/protocol.ts';
import { conversationAt } from './context.ts';
import { otherFrame } from './contents.ts';
import { member, numbers } from './say.ts';

/** More symbols than a page of memory, a datagram or a careless buffer holds. */
const manyIndices = Array.from({ length: 10_001 }, (_, index) => index % 3);
const { ecInitialization, identificationRequest, paRequest } = messages;

type Contents = (making: Making) => readonly unknown[];

/**
 * Contents that fit the schema and that honest peers hardly ever send: what is done with them is
 * for the model to say. By message; most have none.
 */
const rare: Partial<Readonly<Record<MessageName, Contents>>> = {
  identificationRequest: () => [{ ...Object(identificationRequest.example), serial_number: '' }],
  peSymbolsRequest: () => [
    { indices: [3, 1, 0] },
    { indices: [1, 1, 0, 1] },
    { indices: [] },
    { indices: [-1] },
    { indices: manyIndices },
  ],
  changeParameterRequest: () => [
    { parameter: 'frame.quantum.roll_off', value: 0.4 },
    { parameter: 'no.such.parameter', value: 1 },
    { parameter: '', value: null },
    { parameter: 'frame.quantum.roll_off', value: 'three' },
  ],
  ecInitialization: () => [
    { ...Object(ecInitialization.example), matrix: [[1, 0], [1]] },
    { ...Object(ecInitialization.example), matrix: [] },
  ],
  ecBlock: () => [{ syndrome: [] }],
  ecVerification: () => [{ hash: 0 }],
  paRequest: () => [
    { ...Object(paRequest.example), feedback_polynomial: [1] },
    { ...Object(paRequest.example), secret_key_length: 0 },
  ],
  peSymbolsResponse: ({ position }) => {
    const { length } = numbers(member(conversationAt(position).asked.content, 'indices'));
    const ones = (count: number) => Array.from({ length: count }, () => 1);
    return [
      { symbols_real: ones(length + 1), symbols_imag: ones(length + 1) },
      { symbols_real: [], symbols_imag: [] },
    ];
  },
  frameEndedAck: () => [{ frame_uuid: otherFrame }],
};

/** The rare contents of a message, from none to a few. */
export function rareContents(message: MessageName, making: Making): readonly unknown[] {
  return rare[message]?.(making) ?? [];
}
