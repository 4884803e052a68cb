import { requirements } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { bareDialects } from './bare.ts';
import { rowsOf, table, type KmipCase } from './case.ts';

/** What is looked at in a whole session in which nothing goes wrong. */
const topics: Readonly<Record<string, readonly [title: string, ...Requirement[]]>> = {
  messages: [
    'Requests are Request Messages, and nothing else is said',
    requirements.requestIsMessage,
    requirements.clientWaits,
    requirements.messageWhole,
  ],
  headers: [
    'Headers of requests have their fields, in their order, and count their items',
    requirements.headerFields,
    requirements.headerOrder,
    requirements.batchCountRight,
    requirements.sizeLimitPositive,
  ],
  items: [
    'The items of requests have their fields, and ids that tell them apart',
    requirements.itemFields,
    requirements.itemIdsGiven,
    requirements.itemIdsUnique,
  ],
  options: [
    'What is said of errors in a batch is said of batches only',
    requirements.optionOnlyInBatch,
  ],
  payloads: [
    'Payloads have the fields of their operations',
    requirements.payloadFits,
    requirements.typesRight,
    requirements.enumerationsKnown,
    requirements.revokeReasonGiven,
    requirements.compromiseDateFits,
  ],
  attributes: [
    'New objects are given the attributes that they need, and none that only the server sets',
    requirements.neededAttributesGiven,
    requirements.serverAttributesLeft,
  ],
  identifiers: [
    'Objects are named as the server has named them',
    requirements.identifiersExact,
    requirements.placeholderPerBatch,
  ],
  ttlv: [
    'Requests are well-formed TTLV',
    requirements.ttlvTags,
    requirements.ttlvTypes,
    requirements.ttlvLengths,
    requirements.ttlvPadding,
    requirements.childrenInside,
    requirements.booleanValues,
    requirements.textIsUtf8,
    requirements.bigIntegerLength,
    requirements.paddingZero,
  ],
  json: [
    'Requests are well-formed JSON of KMIP',
    requirements.jsonValues,
    requirements.jsonRepaired,
  ],
  xml: ['Requests are well-formed XML of KMIP', requirements.xmlSyntax],
  http: [
    'Requests are posted to the path of KMIP',
    requirements.httpPost,
    requirements.httpContentType,
    requirements.httpContentLength,
    requirements.httpSyntax,
  ],
};

const json = [
  ...['kmip/json', 'kmip/json-cosmian-5', 'kmip/json-cosmian-4', 'kmip/json-cosmian-page'],
  ...bareDialects,
];

const dialectsOf: Readonly<Record<string, readonly string[]>> = {
  ttlv: ['kmip/ttlv', 'kmip/http'],
  json,
  xml: ['kmip/xml'],
  http: [...json, 'kmip/xml', 'kmip/http'],
};

/** What a client says where nothing goes wrong: one whole session a case, looked at for one topic. */
export const clientConductCases: readonly KmipCase[] = table(
  'client-conduct',
  { against: 'client' },
  rowsOf(topics, ([title, ...covers], name) => ({
    title,
    covers,
    ...(dialectsOf[name] === undefined ? {} : { dialects: dialectsOf[name] }),
  })),
);
