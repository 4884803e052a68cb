import { kmsCodes, requirements } from '#models/central-kms/index.ts';
import type { SocketCase } from './case.ts';
import { all, errorsAre, registers, says, saysOnly } from './expect.ts';
import {
  bent,
  contentOf,
  textIn,
  withoutParam,
  withParams,
  without,
  type Content,
} from './saying.ts';
import { rowsOf, table } from './table.ts';

const { invalidParamsTold, registerAnswered, refusalChangesNothing } = requirements;

/** Names that a service may have. */
const serviceNames: Readonly<Record<string, string>> = {
  'name-empty': '',
  'name-of-other-scripts': 'Überweisung 決済 😀',
  'name-with-escapes': 'a"b\\c\n\u0000',
  'name-of-255': 'n'.repeat(255),
  'name-of-2000': 'n'.repeat(2000),
};

/** The id of another sidecar, as it may be written. */
const sameIds: Readonly<Record<string, (id: string) => string>> = {
  'id-of-another': (id) => id,
  'id-of-another-upper-case': (id) => id.toUpperCase(),
};

/** What makes the params of register wrong. */
const wrongParams: Readonly<Record<string, (content: Content) => unknown>> = {
  'params-missing': (content) => without(content, 'params'),
  'id-missing': withoutParam('id'),
  'name-missing': withoutParam('serviceName'),
  'id-number': withParams({ id: 5 }),
  'id-null': withParams({ id: null }),
  'id-empty': withParams({ id: '' }),
  'id-no-uuid': withParams({ id: 'sidecar-1' }),
  'name-number': withParams({ serviceName: 7 }),
  'name-null': withParams({ serviceName: null }),
  'name-object': withParams({ serviceName: {} }),
};

/** How a sidecar registers. */
export const registration: readonly SocketCase[] = [
  ...table(
    'registration',
    { against: 'central-kms', from: 'connection.connected' },
    {
      granted: {
        title: 'The KMS gives keys and a challenge to a sidecar',
        covers: [registerAnswered, requirements.registeredContent, requirements.sidecarIdEchoed],
        play: (sidecar) => sidecar.say('register'),
      },
      keys: {
        title: 'The keys are an Ed25519 pair, its seed first, and an AES key',
        covers: [
          requirements.batchKeyForm,
          requirements.rowKeyForm,
          requirements.seedFirst,
          requirements.keyPairRight,
        ],
        play: (sidecar) => sidecar.say('register'),
      },
      'fresh-for-each': {
        title: 'Each sidecar has keys and a challenge of its own, and that is random',
        covers: [requirements.keysFresh, requirements.challengeFresh, requirements.challengeRandom],
        play: async (sidecar) => {
          for (let count = 1; count < 8; count += 1) {
            await sidecar.say('register');
            await sidecar.reconnect();
            await sidecar.walk('connection.connected');
          }
          await sidecar.say('register');
        },
      },
      'uuid-upper-case': {
        title: 'The KMS takes a UUID in upper case for the same one',
        covers: [requirements.uuidsCompared],
        play: (sidecar) =>
          bent(sidecar, 'register', (content) =>
            withParams({ id: textIn(content, 'params', 'id').toUpperCase() })(content),
          ),
      },
      'id-taken': {
        title:
          'The KMS refuses the id of another sidecar with 40001, or takes it once that is gone',
        covers: [requirements.idTakenRefused],
        play: async (sidecar) => {
          let first: Content = {};
          await bent(sidecar, 'register', (content) => (first = content));
          await sidecar.reconnect();
          await sidecar.walk('connection.connected');
          await sidecar.say('register', { content: first });
        },
        expect: errorsAre(requirements.idTakenRefused, kmsCodes.sidecarExists),
      },
      ...rowsOf(sameIds, (change, name) => ({
        title: `The KMS refuses the id of a sidecar that is connected: ${name.replaceAll('-', ' ')}`,
        covers: [requirements.idTakenRefused, requirements.uuidsCompared],
        play: async (sidecar) => {
          const first = contentOf(sidecar, 'register');
          await sidecar.say('register', { content: first });
          const { id } = Object(first['params']);
          await sidecar.beside();
          await sidecar.walk('connection.connected');
          await bent(sidecar, 'register', withParams({ id: change(String(id)) }));
        },
        expect: all(
          saysOnly(requirements.idTakenRefused, 'registered', 1),
          errorsAre(requirements.idTakenRefused, kmsCodes.sidecarExists),
        ),
      })),
      'sidecars-at-once': {
        title: 'The KMS answers each of two sidecars on its own connection',
        covers: [requirements.connectionsApart, requirements.everyCallAnswered],
        play: async (sidecar) => {
          await sidecar.walk('connection.registered');
          await sidecar.say('batch');
          await sidecar.beside();
          await sidecar.walk('connection.registered');
          await sidecar.say('batch');
          await sidecar.say('batch');
        },
        expect: says(requirements.connectionsApart, 'batchStored', 3),
      },
      'other-members': {
        title: 'The KMS passes over members that it does not know',
        covers: [requirements.unknownMembersPassed],
        play: (sidecar) =>
          bent(sidecar, 'register', (content) => ({
            ...withParams({ also: { a: [1] } })(content),
            also: null,
          })),
        expect: registers(requirements.unknownMembersPassed),
      },
      ...rowsOf(serviceNames, (serviceName, name) => ({
        title: `The KMS registers a service: ${name.replaceAll('-', ' ')}`,
        covers: [registerAnswered],
        play: (sidecar) => bent(sidecar, 'register', withParams({ serviceName })),
      })),
      'again-after-refusal': {
        title: 'The KMS serves another register after one that it refused',
        covers: [requirements.refusedRegisterRepeated, refusalChangesNothing],
        tags: ['hostile'],
        play: async (sidecar) => {
          await bent(sidecar, 'register', withoutParam('id'));
          await sidecar.walk('connection.challenged');
        },
      },
    },
  ),
  ...table(
    'registration',
    { against: 'central-kms', from: 'connection.connected', tags: ['hostile'] },
    rowsOf(wrongParams, (change, name) => ({
      title: `The KMS refuses a register: ${name.replaceAll('-', ' ')}`,
      covers: [invalidParamsTold, refusalChangesNothing],
      play: async (sidecar) => {
        await bent(sidecar, 'register', change);
        await sidecar.walk('connection.challenged');
      },
    })),
  ),
  ...table(
    'registration',
    { against: 'central-kms', tags: ['hostile'] },
    {
      'params-by-position': {
        title: 'The KMS refuses a register whose params are a list',
        covers: [requirements.paramsByName, invalidParamsTold],
        from: 'connection.connected',
        play: (sidecar) =>
          bent(sidecar, 'register', (content) => ({
            ...content,
            params: [textIn(content, 'params', 'id'), 'payments'],
          })),
      },
      'second-before-challenge': {
        title: 'The KMS refuses a second register, and the challenge stays',
        covers: [requirements.secondRegisterRefused, requirements.wrongStateRefused],
        from: 'connection.challenged',
        play: async (sidecar) => {
          await sidecar.say('register');
          await sidecar.walk('connection.registered');
        },
      },
      'second-when-registered': {
        title: 'The KMS refuses a second register of a sidecar that has registered',
        covers: [requirements.secondRegisterRefused, refusalChangesNothing],
        from: 'connection.registered',
        play: async (sidecar) => {
          await sidecar.say('register');
          await sidecar.say('batch');
        },
      },
      'pipelined-twice': {
        title: 'The KMS serves one of two registers that come at once',
        covers: [requirements.secondRegisterRefused],
        from: 'connection.connected',
        play: (sidecar) => {
          sidecar.send('register');
          return sidecar.say('register');
        },
      },
      'pipelined-challenge': {
        title: 'The KMS refuses a challenge that comes before its keys are there',
        covers: [requirements.earlyChallengeRefused, requirements.wrongStateRefused],
        from: 'connection.connected',
        play: (sidecar) => {
          sidecar.send('register');
          return sidecar.say('challenge');
        },
      },
      'challenge-first': {
        title: 'The KMS refuses a challenge before register',
        covers: [requirements.earlyChallengeRefused],
        from: 'connection.connected',
        play: (sidecar) => sidecar.say('challenge'),
      },
      'batch-first': {
        title: 'The KMS refuses a batch before register',
        covers: [requirements.earlyBatchRefused],
        from: 'connection.connected',
        play: async (sidecar) => {
          await sidecar.say('batch');
          await sidecar.walk('connection.challenged');
        },
      },
      'batch-before-challenge': {
        title: 'The KMS refuses a batch before the challenge is answered',
        covers: [requirements.earlyBatchRefused],
        from: 'connection.challenged',
        play: async (sidecar) => {
          await sidecar.say('batch');
          await sidecar.walk('connection.registered');
        },
      },
      'batch-after-refusal': {
        title: 'The KMS has not stored a batch that it refused before the challenge was answered',
        covers: [refusalChangesNothing, requirements.earlyBatchRefused],
        from: 'connection.challenged',
        play: async (sidecar) => {
          const content = contentOf(sidecar, 'batch');
          await sidecar.say('batch', { content });
          await sidecar.walk('connection.registered');
          await sidecar.say('batch', { content: { ...content, id: 'batch-again' } });
        },
        expect: says(refusalChangesNothing, 'batchStored'),
      },
    },
  ),
];
