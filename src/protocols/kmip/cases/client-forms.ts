import { all, isFields, requirements, textAt, type Fields } from '#models/kmip/index.ts';
import { eachItem } from '../altered.ts';
import type { KmipBend } from '../compose.ts';
import { rowsOf, table, type KmipCase, type Row } from './case.ts';
import { serve, type Told } from './client-desk.ts';
import { saysAsMuch } from './client-expect.ts';

const { responsesRead } = requirements;

/** Another form of the same response. */
type Form = (content: Fields) => Exclude<Told, string>;

const payloadOf = (operation: string, change: (payload: Fields) => Fields) =>
  eachItem(
    (item) => textAt(item, 'Operation') === operation && isFields(item['ResponsePayload']),
    (item) => ({ ...item, ResponsePayload: change({ ...Object(item['ResponsePayload']) }) }),
  );

/** JSON written again from its data, each object changed. */
const rewritten = (
  change: (object: Readonly<Record<string, unknown>>) => unknown,
  space = 0,
): KmipBend => ({
  written: (bytes) => {
    const data: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const revive = (_: string, value: unknown) => (isFields(value) ? change(value) : value);
    return Buffer.from(JSON.stringify(data, revive, space), 'utf8');
  },
});

const inReverse = (object: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(object).toReversed());

const contents: Readonly<Record<string, Form>> = {
  'located-items': (content) => ({
    content: payloadOf('Locate', (payload) => ({
      LocatedItems: all(payload, 'UniqueIdentifier').length,
      ...payload,
    }))(content),
  }),
  'attributes-in-reverse': (content) => ({
    content: payloadOf('GetAttributes', ({ Attributes, ...payload }) => ({
      ...payload,
      Attributes: isFields(Attributes) ? inReverse(Attributes) : Attributes,
    }))(content),
  }),
};

const ofJson: Readonly<Record<string, Form>> = {
  'value-before-tag': (content) => ({ content, frame: rewritten(inReverse) }),
  indented: (content) => ({ content, frame: rewritten((object) => object, 2) }),
  'content-type-with-charset': (content) => ({
    content,
    frame: { contentType: 'application/json; charset=utf-8' },
  }),
};

function rows(forms: Readonly<Record<string, Form>>, more: Partial<Row> = {}) {
  return rowsOf(forms, (form, name) => ({
    ...more,
    title: `The client reads a response in another form: ${name.replaceAll('-', ' ')}`,
    covers: [responsesRead],
    play: async (player) => {
      await serve(player);
      await player.reconnect();
      await serve(player, ({ content }) => form(content));
    },
    expect: saysAsMuch(responsesRead),
  }));
}

/** What a client does with responses that are written in another way than the usual one. */
export const clientFormCases: readonly KmipCase[] = table(
  'client-right',
  { against: 'client' },
  { ...rows(contents), ...rows(ofJson, { dialects: ['kmip/json'] }) },
);
