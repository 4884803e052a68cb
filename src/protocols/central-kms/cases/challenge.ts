import { requirements } from '#models/central-kms/index.ts';
import { recall } from '../context.ts';
import { proofFor } from '../contents.ts';
import type { SocketCase, SocketPlayer } from './case.ts';
import { never, says } from './expect.ts';
import { bent, contentOf, textIn, withoutParam, withParams, type Content } from './saying.ts';
import { rowsOf, table } from './table.ts';

const { wrongBatchSignatureRefused, wrongRowSignatureRefused, oneAttempt, failureTerminates } =
  requirements;
const ends = [failureTerminates, requirements.errorBeforeEnd];

/** One digit of a signature changed. */
const flipped = (name: string) => (content: Content) => {
  const digits = textIn(content, 'params', name);
  const last = digits.endsWith('0') ? '1' : '0';
  return withParams({ [name]: `${digits.slice(0, -1)}${last}` })(content);
};
const cut = (name: string) => (content: Content) =>
  withParams({ [name]: textIn(content, 'params', name).slice(2) })(content);

/** The first digits of a signature alone. */
const begun = (name: string, count: number) => (content: Content) =>
  withParams({ [name]: textIn(content, 'params', name).slice(0, count) })(content);
/** The first digits of a signature, and others behind them. */
const continued = (name: string, count: number) => (content: Content) => {
  const digits = textIn(content, 'params', name);
  const others = [...digits.slice(count)].map((digit) => (digit === '0' ? '1' : '0')).join('');
  return withParams({ [name]: `${digits.slice(0, count)}${others}` })(content);
};

/** Digits that are right, in another case. */
const cases: Readonly<Record<string, (digits: string) => string>> = {
  'upper-case': (digits) => digits.toUpperCase(),
  'lower-case': (digits) => digits.toLowerCase(),
  'mixed-case': (digits) =>
    [...digits].map((digit, at) => (at % 2 === 0 ? digit.toUpperCase() : digit)).join(''),
};

/** Challenges whose batchSignature is wrong. */
const wrongBatches: Readonly<Record<string, (content: Content) => unknown>> = {
  'batch-signature-flipped': flipped('batchSignature'),
  'batch-signature-cut': cut('batchSignature'),
  'batch-signature-without-end': begun('batchSignature', 126),
  'batch-signature-half-right': continued('batchSignature', 64),
  'batch-signature-zero': withParams({ batchSignature: '00'.repeat(64) }),
};
const wrongRows: Readonly<Record<string, (content: Content) => unknown>> = {
  'row-signature-flipped': flipped('rowSignature'),
  'row-signature-cut': cut('rowSignature'),
  'row-signature-without-end': begun('rowSignature', 30),
  'row-signature-of-4-bytes': begun('rowSignature', 8),
  'row-signature-of-4-right-bytes': continued('rowSignature', 8),
  'row-signature-zero': withParams({ rowSignature: '00'.repeat(16) }),
};

/** Challenges that are none. */
const malformed: Readonly<Record<string, (content: Content) => unknown>> = {
  'batch-signature-missing': withoutParam('batchSignature'),
  'row-signature-missing': withoutParam('rowSignature'),
  'batch-signature-number': withParams({ batchSignature: 1 }),
  'row-signature-null': withParams({ rowSignature: null }),
  'batch-signature-no-hex': withParams({ batchSignature: 'z'.repeat(128) }),
  'row-signature-empty': withParams({ rowSignature: '' }),
  'row-signature-odd-digits': withParams({ rowSignature: 'abc' }),
};

/** A signature over another text than the challenge. */
function signedOver(sidecar: SocketPlayer, text: (grant: Content) => string) {
  const grant = Object(recall(sidecar.context).grants.at(-1));
  const params = proofFor({ ...grant, challenge: text(grant) });
  return bent(sidecar, 'challenge', withParams({ ...params }));
}

/** How a sidecar proves that it can sign. */
export const challenge: readonly SocketCase[] = [
  ...table(
    'challenge',
    { against: 'central-kms', from: 'connection.challenged' },
    {
      right: {
        title: 'The KMS accepts right signatures',
        covers: [
          requirements.challengeAnswered,
          requirements.challengeAcceptedContent,
          requirements.rightProofAccepted,
        ],
        play: (sidecar) => sidecar.say('challenge'),
        expect: says(requirements.rightProofAccepted, 'challengeAccepted'),
      },
      ...rowsOf(cases, (change, name) => ({
        title: `The KMS reads hexadecimal digits: ${name.replaceAll('-', ' ')}`,
        covers: [requirements.hexCaseFree, requirements.rightProofAccepted],
        play: (sidecar) =>
          bent(sidecar, 'challenge', (content) =>
            withParams({
              batchSignature: change(textIn(content, 'params', 'batchSignature')),
              rowSignature: change(textIn(content, 'params', 'rowSignature')),
            })(content),
          ),
        expect: says(requirements.hexCaseFree, 'challengeAccepted'),
      })),
      'service-name': {
        title: 'The KMS passes over a serviceName in the challenge',
        covers: [requirements.unknownMembersPassed],
        play: (sidecar) => bent(sidecar, 'challenge', withParams({ serviceName: 'payments' })),
      },
      'after-a-while': {
        title: 'The KMS accepts a challenge that is answered late',
        covers: [requirements.rightProofAccepted],
        tags: ['slow'],
        play: async (sidecar) => {
          await sidecar.pause(1000);
          await sidecar.say('challenge');
        },
      },
    },
  ),
  ...table(
    'challenge',
    { against: 'central-kms', from: 'connection.challenged', tags: ['hostile'] },
    {
      ...rowsOf(wrongBatches, (change, name) => ({
        title: `The KMS refuses with 40004 and leaves: ${name.replaceAll('-', ' ')}`,
        covers: [wrongBatchSignatureRefused, ...ends],
        play: (sidecar) => bent(sidecar, 'challenge', change),
      })),
      ...rowsOf(wrongRows, (change, name) => ({
        title: `The KMS refuses with 40005 and leaves: ${name.replaceAll('-', ' ')}`,
        covers: [wrongRowSignatureRefused, ...ends],
        play: (sidecar) => bent(sidecar, 'challenge', change),
      })),
      'both-wrong': {
        title: 'The KMS refuses a challenge with two wrong signatures, and leaves',
        covers: [
          wrongBatchSignatureRefused,
          wrongRowSignatureRefused,
          requirements.errorsDiscreet,
          ...ends,
        ],
        play: (sidecar) =>
          bent(sidecar, 'challenge', (content) =>
            flipped('rowSignature')(flipped('batchSignature')(content)),
          ),
      },
      'of-another-text': {
        title: 'The KMS refuses signatures of another text',
        covers: [wrongBatchSignatureRefused, ...ends],
        play: (sidecar) => signedOver(sidecar, () => 'another text'),
      },
      'of-challenge-and-key': {
        title: 'The KMS refuses signatures of the challenge with a key behind it',
        covers: [wrongBatchSignatureRefused, ...ends],
        play: (sidecar) =>
          signedOver(sidecar, ({ challenge: text, batchKey }) => `${text}${batchKey}`),
      },
      'of-an-earlier-challenge': {
        title: 'The KMS refuses signatures of the challenge of an earlier registration',
        covers: [wrongBatchSignatureRefused, requirements.challengeFresh],
        play: async (sidecar) => {
          const before = proofFor(recall(sidecar.context).grants.at(-1));
          await sidecar.reconnect();
          await sidecar.walk('connection.challenged');
          await bent(sidecar, 'challenge', withParams({ ...before }));
        },
      },
      'of-a-registration-before': {
        title: 'The KMS refuses signatures that it has accepted on another connection',
        covers: [wrongBatchSignatureRefused, requirements.challengeFresh],
        play: async (sidecar) => {
          const before = proofFor(recall(sidecar.context).grants.at(-1));
          await sidecar.walk('connection.registered');
          await sidecar.reconnect();
          await sidecar.walk('connection.challenged');
          await bent(sidecar, 'challenge', withParams({ ...before }));
        },
        expect: says(wrongBatchSignatureRefused, 'kmsError'),
      },
      ...rowsOf(malformed, (change, name) => ({
        title: `The KMS refuses a challenge that is none: ${name.replaceAll('-', ' ')}`,
        covers: [requirements.malformedChallengeRefused],
        play: (sidecar) => bent(sidecar, 'challenge', change),
        expect: never(requirements.malformedChallengeRefused, 'challengeAccepted'),
      })),
      'second-attempt': {
        title: 'After a wrong signature a right one does not help',
        covers: [oneAttempt],
        play: async (sidecar) => {
          const right = sidecar.compose('challenge');
          await bent(sidecar, 'challenge', flipped('batchSignature'));
          sidecar.write(right);
          await sidecar.hear(300);
        },
        expect: never(oneAttempt, 'challengeAccepted'),
      },
      'pipelined-attempts': {
        title: 'A right challenge right behind a wrong one does not help',
        covers: [oneAttempt],
        play: async (sidecar) => {
          const right = sidecar.compose('challenge');
          const wrong = sidecar.compose('challenge', {
            frame: { raw: Buffer.from(JSON.stringify(wrongOne(sidecar))) },
          });
          sidecar.write(Buffer.concat([wrong, right]));
          await sidecar.hear(300);
        },
        expect: never(oneAttempt, 'challengeAccepted'),
      },
      'batch-after-failure': {
        title: 'After a wrong signature no batch is stored',
        covers: [oneAttempt, requirements.earlyBatchRefused],
        play: async (sidecar) => {
          const batch = sidecar.compose('batch');
          await bent(sidecar, 'challenge', flipped('rowSignature'));
          sidecar.write(batch);
          await sidecar.hear(300);
        },
        expect: never(oneAttempt, 'batchStored'),
      },
      'batch-behind-error': {
        title: 'Between the error for a wrong signature and the end no batch is stored',
        covers: [oneAttempt, requirements.earlyBatchRefused],
        play: async (sidecar) => {
          const batch = sidecar.compose('batch');
          const wrong = flipped('rowSignature')(contentOf(sidecar, 'challenge'));
          sidecar.send('challenge', { content: wrong });
          await sidecar.hear();
          sidecar.write(batch);
          await sidecar.hear(300);
        },
        expect: never(oneAttempt, 'batchStored'),
      },
      'register-after-failure': {
        title: 'After a wrong signature the connection gives no new keys',
        covers: [oneAttempt],
        play: async (sidecar) => {
          const again = sidecar.compose('register');
          await bent(sidecar, 'challenge', flipped('rowSignature'));
          sidecar.write(again);
          await sidecar.hear(300);
        },
      },
      'again-when-registered': {
        title: 'The KMS refuses a second challenge once the first is accepted',
        covers: [requirements.wrongStateRefused, requirements.refusalChangesNothing],
        from: 'connection.registered',
        play: async (sidecar) => {
          await sidecar.say('challenge');
          await sidecar.say('batch');
        },
      },
      'pipelined-twice': {
        title: 'The KMS accepts one of two challenges that come at once',
        covers: [oneAttempt, requirements.wrongStateRefused],
        play: (sidecar) => {
          sidecar.send('challenge');
          return sidecar.say('challenge');
        },
      },
      'failure-apart': {
        title: 'A challenge that failed on one connection hinders none on another',
        covers: [requirements.connectionsApart],
        play: async (sidecar) => {
          await bent(sidecar, 'challenge', flipped('batchSignature'));
          await sidecar.reconnect();
          await sidecar.walk('connection.registered');
        },
      },
    },
  ),
];

function wrongOne(sidecar: SocketPlayer): object {
  const wrong = withParams({ batchSignature: '11'.repeat(64) });
  return { ...wrong(contentOf(sidecar, 'challenge')), id: 'wrong-1' };
}
