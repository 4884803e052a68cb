import { field, isFields, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import { eachItem, inHeader, without } from '../altered.ts';
import { wires } from '../wires.ts';
import { bareDialects } from './bare.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { serve, type Answer, type Told } from './client-desk.ts';
import { saysAsMuch } from './client-expect.ts';

const { responsesRead } = requirements;

/** The server's own choices: what it says instead. */
type Choice = (answer: Answer, player: KmipPlayer) => Told | null | Promise<Told | null>;

const said =
  (change: (response: Fields) => Fields): Choice =>
  ({ content }) => ({
    content: change(content),
  });

const always = () => true;
const isFailed = (item: Fields) => item['ResultStatus'] === 'OperationFailed';

const extension = {
  VendorIdentification: 'qkdspec',
  CriticalityIndicator: false,
  VendorExtension: { '0x540001': { type: 'Integer', value: 1 } },
};

/** Something before the count of a header. */
const inOrder = (more: Fields) =>
  inHeader(({ BatchCount, ...header }) => ({ ...header, ...more, BatchCount }));

const choices: Readonly<Record<string, Choice>> = {
  'server-correlation': (answer) =>
    hasCorrelation(answer)
      ? { content: inOrder({ ServerCorrelationValue: 'of the server' })(answer.content) }
      : null,
  'message-of-success': said(
    eachItem(
      (item) => item['ResultStatus'] === 'Success',
      ({ ResponsePayload, ...item }) => ({ ...item, ResultMessage: 'done', ResponsePayload }),
    ),
  ),
  'no-message-of-failure': said(eachItem(isFailed, (item) => without(item, 'ResultMessage'))),
  'extension-not-critical': said(
    eachItem(always, (item) => ({ ...item, MessageExtension: extension })),
  ),
  'operation-of-a-vendor': said(
    eachItem(
      (item) => textAt(item, 'Operation') === 'Query' && has(item, 'Operation'),
      (item) => withPayload(item, listing),
    ),
  ),
  late: async ({ content }, player) => {
    await player.pause(400);
    return { content };
  },
  'in-pieces': async ({ message, content }, player): Promise<Told> => {
    const bytes = player.compose(message, { content });
    const size = Math.max(7, bytes.length >> 4);
    for (let at = 0; at < bytes.length; at += size) {
      player.write(bytes.subarray(at, at + size));
      await player.pause(2);
    }
    return 'said';
  },
};

function listing(payload: Fields): Fields {
  const { Operation, ...rest } = payload;
  const known = Array.isArray(Operation) ? Operation : [Operation];
  return { Operation: [...known, '0x80000001'], ...rest };
}

function withPayload(item: Fields, change: (payload: Fields) => Fields): Fields {
  const payload = item['ResponsePayload'];
  return isFields(payload) ? { ...item, ResponsePayload: change(payload) } : item;
}

function has(item: Fields, name: string): boolean {
  return field(field(item, 'ResponsePayload'), name) !== undefined;
}

/** Correlation values came with 1.4. */
function hasCorrelation({ content }: Answer): boolean {
  const version = field(field(content, 'ResponseHeader'), 'ProtocolVersion');
  const [major, minor] = [
    field(version, 'ProtocolVersionMajor'),
    field(version, 'ProtocolVersionMinor'),
  ].map(Number);
  return (major ?? 0) > 1 || (minor ?? 0) >= 4;
}

/** What only messages say: the response of an operation alone has no place for it. */
const ofMessages: ReadonlySet<string> = new Set([
  ...[
    'server-correlation',
    'message-of-success',
    'no-message-of-failure',
    'extension-not-critical',
  ],
]);

const withMessages = Object.keys(wires).filter((name) => !bareDialects.includes(name));

const rows: Readonly<Record<string, Row>> = rowsOf(choices, (choice, name) => ({
  title: `The client goes on where the server chooses otherwise: ${name.replaceAll('-', ' ')}`,
  covers: [responsesRead],
  ...(ofMessages.has(name) ? { dialects: withMessages } : {}),
  play: async (player) => {
    await serve(player);
    await player.reconnect();
    await serve(player, choice);
  },
  expect: saysAsMuch(responsesRead),
}));

/** What a client does with responses that are right, though others than the usual ones. */
export const clientRightCases: readonly KmipCase[] = table(
  'client-right',
  { against: 'client' },
  rows,
);
