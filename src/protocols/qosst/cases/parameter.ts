import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import type { QosstPlayer } from './case.ts';
import { answersTo } from './expect.ts';
import { aliceTable, identified, type Row } from './table.ts';

const ask = 'changeParameterRequest';
const rollOff = 'frame.quantum.roll_off';

/** Names that no parameter has. */
const unknown: Readonly<Record<string, string>> = {
  'of-the-example': 'qi.frame.roll_olf',
  nobodys: 'no.such.parameter.anywhere',
  empty: '',
  'one-dot': '.',
  'prototype-name': '__proto__',
  'name-of-a-method': 'toString',
  'with-spaces': ' frame . quantum ',
  long: 'frame.'.repeat(500),
  'not-ascii': 'rollöff.€',
};

/** Values for a parameter that Alice may well have. */
const values: Readonly<Record<string, Json>> = {
  'a-fraction': 0.3,
  'far-too-large': 1e9,
  negative: -7,
  text: 'much',
  null: null,
  true: true,
  list: [0.1, 0.2],
  object: { deep: { value: 1 } },
  'beyond-a-double': 2n ** 53n + 1n,
};

const shared = {
  from: identified,
  reusable: true,
  tags: ['destructive', `says:${ask}`],
  covers: [requirements.parameterAnswered, requirements.parameterAnswerNamesRequested],
};

/** What Bob may have Alice change; what he changed he changes back. */
export const parameter: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'parameter/unknown',
    {
      ...shared,
      covers: [requirements.parameterNotFound, requirements.parameterUnknownContent],
      expect: answersTo(requirements.parameterNotFound, ask, ['parameterUnknown']),
    },
    Object.fromEntries(
      Object.entries(unknown).map(([name, text]): [string, Row] => [
        name,
        {
          title: `Alice does not find a parameter that she does not have: ${name.replaceAll('-', ' ')}`,
          play: (bob) => bob.say(ask, { content: { parameter: text, value: 1 } }),
        },
      ]),
    ),
  ),
  ...aliceTable(
    'parameter/value',
    {
      ...shared,
      covers: [
        ...shared.covers,
        requirements.parameterChangedContent,
        requirements.parameterInvalidContent,
      ],
    },
    Object.fromEntries(
      Object.entries(values).map(([name, value]): [string, Row] => [
        name,
        {
          title: `Alice gives one answer to a change of ${rollOff}: ${name.replaceAll('-', ' ')}`,
          play: (bob) => changeAndRestore(bob, rollOff, value),
        },
      ]),
    ),
  ),
  ...aliceTable('parameter', shared, {
    'that-is-fixed': {
      title: 'Alice gives one answer to the change of a parameter that policy may keep',
      covers: [requirements.parameterUnchangedContent],
      play: (bob) => changeAndRestore(bob, 'frame.quantum.symbol_rate', 50_000_000),
    },
    'several-in-a-row': {
      title: 'Alice answers ten changes, each once',
      covers: [requirements.speaksOnlyWhenAsked],
      play: async (bob) => {
        for (let count = 0; count < 5; count += 1) {
          await changeAndRestore(bob, rollOff, 0.1 + count / 100);
          await bob.say(ask, { content: { parameter: 'no.such.parameter', value: count } });
        }
      },
    },
    'within-a-frame': {
      title: 'Alice answers a change in the middle of a frame, and goes on',
      from: 'parameterEstimation.estimating',
      play: async (bob) => {
        await bob.say(ask, { content: { parameter: 'no.such.parameter', value: 1 } });
        await bob.say('peNphotonRequest');
      },
    },
    'after-invalid-content': {
      title: 'Alice answers a change after one that had no value',
      tags: ['hostile'],
      covers: [requirements.invalidContentAnswered],
      play: async (bob) => {
        await bob.say(ask, { content: { parameter: rollOff } });
        await bob.say(ask, { content: { parameter: 'no.such.parameter', value: 1 } });
      },
    },
  }),
];

async function changeAndRestore(bob: QosstPlayer, name: string, value: Json): Promise<void> {
  const heard = await bob.say(ask, { content: { parameter: name, value } });
  if (heard?.kind !== 'frame' || heard.perceived.message !== 'parameterChanged') return;
  const old: unknown = Reflect.get(Object(heard.perceived.payload['content']), 'old_value');
  await bob.say(ask, { content: { parameter: name, value: old } });
}
