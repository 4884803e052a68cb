import { requirements, type Fields } from '#models/kmip/index.ts';
import type { Requirement } from '#models/language/index.ts';
import { table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { ask, create, readState } from './saying.ts';

type Deed = readonly [operation: string, more: Fields];

const revoking = (RevocationReasonCode: string): Deed => [
  'Revoke',
  { RevocationReason: { RevocationReasonCode } },
];

const deeds = {
  activate: ['Activate', {}],
  revoke: revoking('CessationOfOperation'),
  compromise: revoking('KeyCompromise'),
  destroy: ['Destroy', {}],
  get: ['Get', {}],
  encrypt: [
    'Encrypt',
    {
      CryptographicParameters: { BlockCipherMode: 'ECB', PaddingMethod: 'None' },
      Data: '00'.repeat(16),
    },
  ],
  attributes: ['GetAttributes', {}],
} as const satisfies Readonly<Record<string, Deed>>;

type DeedName = keyof typeof deeds;

/** How an object comes into each of its states. */
const ways: Readonly<Record<string, readonly DeedName[]>> = {
  'pre-active': [],
  active: ['activate'],
  deactivated: ['activate', 'revoke'],
  compromised: ['activate', 'compromise'],
  'compromised-early': ['compromise'],
  destroyed: ['destroy'],
  'destroyed-late': ['activate', 'revoke', 'destroy'],
  'destroyed-compromised': ['activate', 'compromise', 'destroy'],
};

const decides: Readonly<Record<DeedName, Requirement>> = {
  activate: requirements.activateChanges,
  revoke: requirements.revokeChanges,
  compromise: requirements.revokeChanges,
  destroy: requirements.destroyChanges,
  get: requirements.getAnswered,
  encrypt: requirements.stateAllowsUse,
  attributes: requirements.attributesTold,
};

async function act(player: KmipPlayer, id: string, name: DeedName): Promise<void> {
  const [operation, more] = deeds[name];
  await ask(player, operation, { UniqueIdentifier: id, ...more });
}

const names = Object.keys(deeds).filter(isDeed);

function isDeed(name: string): name is DeedName {
  return Object.hasOwn(deeds, name);
}

const rows: Readonly<Record<string, Row>> = Object.fromEntries(
  Object.entries(ways).flatMap(([state, way]) =>
    names.map((name) => [
      `${state}-${name}`,
      {
        title: `${deeds[name][0]} of an object that is ${state.replaceAll('-', ' ')}: ${name}`,
        covers: [decides[name], requirements.stateTold],
        play: async (player: KmipPlayer) => {
          const id = await create(player);
          for (const step of [...way, name]) await act(player, id, step);
          await readState(player, id);
        },
      },
    ]),
  ),
);

/** What may be done to an object in each of its states. */
export const lifecycleCases: readonly KmipCase[] = table('lifecycle', { against: 'server' }, rows);
