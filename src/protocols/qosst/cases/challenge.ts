import { requirements } from '#models/qosst/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Case } from '#src/contract/case.ts';
import type { QosstBend } from '../compose.ts';
import { aliceTable, awaited, identified, writeAndHear, type Row } from './table.ts';

const request = 'identificationRequest';
const start = 'requestPolarisationRecovery';
const stop = 'endPolarisationRecovery';

/** Challenges that are not the one that Alice issued last, made of it. */
const wrong: Readonly<Record<string, (honest: string) => string>> = {
  empty: () => '',
  random: () => 'NeverIssued0000',
  'one-character-short': (honest) => honest.slice(0, -1),
  'one-character-long': (honest) => `${honest}A`,
  'other-case': (honest) => swapCase(honest),
  'space-behind': (honest) => `${honest} `,
  'space-before': (honest) => ` ${honest}`,
  'nul-behind': (honest) => `${honest}\0`,
  reversed: (honest) => [...honest].toReversed().join(''),
  'very-long': (honest) => honest.repeat(300),
};

/** Challenges for Alice to return as they are. */
const issued: Readonly<Record<string, Json>> = {
  'one-character': 'x',
  'five-thousand-characters': 'A1b2'.repeat(1250),
  spaces: '  two  words  ',
  quotes: '"\\"/\b\f\n\r\t',
  'latin-letters': 'naïveté',
  'beyond-the-basic-plane': 'qubit 😀 €',
  digits: '000123',
  'looks-like-null': 'null',
  'prototype-name': '__proto__',
};

const shared = { tags: ['hostile'], covers: [requirements.challengeEchoed] };
const refusing = { ...shared, covers: [...shared.covers, requirements.unauthenticAnswered] };

export const challenge: readonly Case<QosstBend>[] = [
  ...aliceTable(
    'challenge',
    { ...refusing, from: identified },
    table(wrong, (name, bend) => ({
      title: `Alice refuses a challenge that is not hers: ${name.replaceAll('-', ' ')}`,
      play: (bob) => bob.say(start, { frame: { challenge: bend(awaited(bob)) } }),
    })),
  ),
  ...aliceTable('challenge', refusing, {
    stale: {
      title: 'Alice refuses the challenge that she issued before her last one',
      from: identified,
      play: async (bob) => {
        const old = awaited(bob);
        await bob.say(start);
        await bob.say(stop, { frame: { challenge: old } });
      },
    },
    'own-one-back': {
      title: 'Alice refuses the challenge that Bob issued himself',
      from: identified,
      play: async (bob) => {
        await bob.say(start, { frame: { nextChallenge: 'BobsOwnChallenge' } });
        await bob.say(stop, { frame: { challenge: 'BobsOwnChallenge' } });
      },
    },
    'of-another-session': {
      title: 'Alice refuses the last challenge of an earlier connection',
      covers: [requirements.firstChallengeExempt],
      from: identified,
      play: async (bob) => {
        const old = awaited(bob);
        await bob.reconnect();
        await bob.say(request);
        await bob.say(start, { frame: { challenge: old } });
      },
    },
    'replayed-frame': {
      title: 'Alice refuses a frame that is sent a second time',
      from: identified,
      play: async (bob) => {
        const bytes = bob.compose(start);
        await writeAndHear(bob, bytes);
        await writeAndHear(bob, bytes);
      },
    },
    'replayed-on-another-connection': {
      title: 'Alice refuses a frame that was recorded on another connection',
      from: identified,
      play: async (bob) => {
        const bytes = bob.compose(start);
        await bob.reconnect();
        await bob.say(request);
        await writeAndHear(bob, bytes);
      },
    },
    'lost-identification': {
      title: 'Alice holds Bob no longer identified after a wrong challenge',
      from: identified,
      play: async (bob) => {
        await bob.say(start, { frame: { challenge: 'NeverIssued0000' } });
        await bob.say('initializationRequest');
      },
    },
    'wrong-late-in-a-frame': {
      title: 'Alice refuses a wrong challenge in the eighth message of a frame',
      from: 'parameterEstimation.estimating',
      play: async (bob) => {
        const old = awaited(bob);
        await bob.say('peNphotonRequest');
        await bob.say('peNphotonRequest', { frame: { challenge: old } });
      },
    },
  }),
  ...aliceTable(
    'challenge/first',
    { covers: [requirements.firstChallengeExempt] },
    {
      ...table(
        { text: 'anything', long: 'y'.repeat(500), 'looks-issued': 'aB3dE5gH7jK9mN1' },
        (name, text) => ({
          title: `Alice accepts any challenge in a first frame: ${name}`,
          play: (bob) => bob.say(request, { frame: { challenge: text } }),
        }),
      ),
      'when-identified-again': {
        title: 'Alice looks at no challenge when Bob identifies himself again',
        from: identified,
        play: async (bob) => {
          await bob.say(start);
          await bob.say(request, { frame: { challenge: 'NeverIssued0000' } });
          await bob.say('initializationRequest');
        },
      },
      replayed: {
        title: 'Alice accepts an identification that is sent a second time',
        play: async (bob) => {
          const bytes = bob.compose(request);
          await writeAndHear(bob, bytes);
          await writeAndHear(bob, bytes);
          await bob.say('initializationRequest');
        },
      },
    },
  ),
  ...aliceTable(
    'challenge/returned',
    { from: identified, reusable: true, covers: [requirements.challengeEchoed] },
    table(issued, (name, nextChallenge) => ({
      title: `Alice returns the challenge as it was issued: ${name.replaceAll('-', ' ')}`,
      play: async (bob) => {
        await bob.say(request, { frame: { nextChallenge } });
        await bob.say('qieRequest', { frame: { nextChallenge } });
      },
    })),
  ),
  ...aliceTable(
    'challenge/goes-on',
    { from: identified, covers: [requirements.challengeEchoed] },
    {
      'after-unknown-command': {
        title: 'The chain of challenges goes on after UNKNOWN_COMMAND',
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say(start, { frame: { code: 1000 } });
          await bob.say(start);
          await bob.say(stop);
        },
      },
      'after-unexpected-command': {
        title: 'The chain of challenges goes on after UNEXPECTED_COMMAND',
        play: async (bob) => {
          await bob.say('paRequest');
          await bob.say(start);
          await bob.say(stop);
        },
      },
      'after-invalid-content': {
        title: 'The chain of challenges goes on after INVALID_CONTENT',
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say('initializationRequest', { content: { frame_uuid: 5 } });
          await bob.say(start);
          await bob.say(stop);
        },
      },
      'after-a-malformed-frame': {
        title: 'The chain of challenges goes on after a frame whose content is no JSON',
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say('initializationRequest', { frame: { content: Buffer.from('{"a"') } });
          await bob.say(start);
          await bob.say(stop);
        },
      },
      'after-invalid-response': {
        title: 'The chain of challenges goes on after INVALID_RESPONSE_ACK',
        play: async (bob) => {
          await bob.say('invalidResponse');
          await bob.say(start);
          await bob.say(stop);
        },
      },
      'after-authentication-invalid': {
        title: 'A new chain begins with the identification after AUTHENTICATION_INVALID',
        tags: ['hostile'],
        play: async (bob) => {
          await bob.say(start, { frame: { challenge: 'NeverIssued0000' } });
          await bob.say(request);
          await bob.say(start);
          await bob.say(stop);
        },
      },
    },
  ),
  ...aliceTable(
    'challenge/unique',
    { covers: [requirements.challengeUnique] },
    {
      'over-many-frames': {
        title: 'Alice issues no challenge twice in a hundred frames',
        from: identified,
        play: async (bob) => {
          for (let count = 0; count < 50; count += 1) {
            await bob.say(start);
            await bob.say(stop);
          }
        },
      },
      'over-connections': {
        title: 'Alice issues no challenge twice on six connections',
        play: async (bob) => {
          for (let count = 0; count < 6; count += 1) {
            await bob.say(request);
            await bob.reconnect();
          }
        },
      },
      'in-refusals': {
        title: 'Alice issues a new challenge with each refusal',
        from: identified,
        play: async (bob) => {
          for (let count = 0; count < 10; count += 1) await bob.say('paRequest');
        },
      },
    },
  ),
];

function table<Value>(
  entries: Readonly<Record<string, Value>>,
  row: (name: string, value: Value) => Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [name, row(name, value)]),
  );
}

function swapCase(text: string): string {
  const swap = (letter: string) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return [...text].map(swap).join('');
}
