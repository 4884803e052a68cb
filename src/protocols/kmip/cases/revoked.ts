import { requirements, type Fields } from '#models/kmip/index.ts';
import { rowsOf, table, type KmipCase, type KmipPlayer, type Row } from './case.ts';
import { registered, registering } from './kinds.ts';
import { ask, create, createActive, made, readState } from './saying.ts';

const { revocationTold, stateTold, activationDateFixed, datesTold, freshUntilServed } =
  requirements;

const past = 1_605_916_800;
const later = 1_637_452_800;

/** What is told of an object, one attribute at a time. */
async function readAll(player: KmipPlayer, id: string, names: readonly string[]): Promise<void> {
  for (const AttributeReference of names) {
    await ask(player, 'GetAttributes', { UniqueIdentifier: id, AttributeReference });
  }
}

const reasons: Readonly<Record<string, string>> = {
  'cessation-of-operation': 'CessationOfOperation',
  superseded: 'Superseded',
  'key-compromise': 'KeyCompromise',
};

const changes: Readonly<Record<string, string>> = {
  modify: 'ModifyAttribute',
  set: 'SetAttribute',
};

/** Attributes that the server sets by itself. */
const given: Fields = {
  VendorIdentification: 'x',
  AttributeName: 'colour',
  AttributeValue: { type: 'TextString', value: 'red' },
};

const rows: Readonly<Record<string, Row>> = {
  ...rowsOf(
    reasons,
    (RevocationReasonCode, name) => ({
      title: `A revoked key has the reason for it: ${name.replaceAll('-', ' ')}`,
      covers: [revocationTold, stateTold],
      play: async (player) => {
        const id = await createActive(player);
        const RevocationReason = { RevocationReasonCode };
        await ask(player, 'Revoke', { UniqueIdentifier: id, RevocationReason });
        await readAll(player, id, ['RevocationReason', 'CompromiseDate']);
        await readState(player, id);
      },
    }),
    'revoked-for-',
  ),
  ...rowsOf(
    changes,
    (operation) => ({
      title: `${operation} changes no Activation Date of an Active key`,
      covers: [activationDateFixed],
      play: async (player) => {
        const UniqueIdentifier = await createActive(player);
        await ask(player, operation, { UniqueIdentifier, NewAttribute: { ActivationDate: past } });
        await readState(player, UniqueIdentifier);
      },
    }),
    'activation-date-',
  ),
  'steps-dated': {
    title: 'A key has the dates of what was done to it',
    covers: [requirements.stepsDated],
    play: async (player) => {
      const id = await createActive(player);
      await readAll(player, id, ['ActivationDate']);
      const RevocationReason = { RevocationReasonCode: 'Superseded' };
      await ask(player, 'Revoke', { UniqueIdentifier: id, RevocationReason });
      await readAll(player, id, ['DeactivationDate']);
      await ask(player, 'Destroy', { UniqueIdentifier: id });
      await readAll(player, id, ['DestroyDate']);
    },
  },
  'deactivation-date-past': {
    title: 'A key with a Deactivation Date in the past does not stay Active',
    covers: [stateTold],
    play: async (player) => {
      const id = await create(player, { ActivationDate: past, DeactivationDate: later });
      await readState(player, id);
      const other = await create(player, { DeactivationDate: later });
      await ask(player, 'Activate', { UniqueIdentifier: other });
      await readState(player, other);
    },
  },
  'initial-date': {
    title: 'Initial Date is the time when the key was made',
    covers: [datesTold, requirements.timeStampTrue],
    play: async (player) => readAll(player, await create(player), ['InitialDate']),
  },
  'fresh-until-served': {
    title: 'A key that was returned is not Fresh any more',
    covers: [freshUntilServed],
    play: async (player) => {
      const id = await create(player);
      await readAll(player, id, ['Fresh']);
      await ask(player, 'Get', { UniqueIdentifier: id });
      await readAll(player, id, ['Fresh']);
    },
  },
  'several-names': {
    title: 'A key with two Names has both, each with its type',
    covers: [requirements.attributesTold, requirements.requestedAttributesSet],
    play: async (player) => {
      const first = await create(player);
      const names = ['one', 'two'].map((name) => ({
        NameValue: `qkdspec ${first} ${name}`,
        NameType: 'UninterpretedTextString',
      }));
      const id = await create(player, { Name: names });
      await readAll(player, id, ['Name', 'CryptographicUsageMask']);
      await ask(player, 'GetAttributes', { UniqueIdentifier: id });
    },
  },
  'added-beside-others': {
    title: 'What is added stands beside what was there',
    covers: [requirements.attributeAdded, requirements.attributesTold],
    play: async (player) => {
      const UniqueIdentifier = await create(player);
      for (const ObjectGroup of ['group one', 'group two', 'group three']) {
        await ask(player, 'AddAttribute', { UniqueIdentifier, NewAttribute: { ObjectGroup } });
      }
      await readAll(player, UniqueIdentifier, ['ObjectGroup']);
    },
  },
  'never-sensitive': {
    title: 'A key that was never sensitive is not called always so',
    covers: [requirements.attributesTold],
    play: async (player) => {
      const id = await create(player, { Sensitive: false, Extractable: true });
      await readAll(player, id, ['AlwaysSensitive', 'NeverExtractable']);
    },
  },
  'digest-of-key': {
    title: 'The Digest of a key that was registered is that of its material',
    covers: [requirements.digestRight],
    play: async (player) => {
      const one = registered['aes-256'];
      if (one === undefined) return;
      const id = await made(player, ['Register', registering(one)]);
      await readAll(player, id, ['Digest']);
    },
  },
  'list-names-those-of-vendors': {
    title: 'Get Attribute List names the attributes of vendors too',
    covers: [requirements.attributeListTold],
    play: async (player) => {
      const id = await create(player, { Attribute: given });
      await ask(player, 'GetAttributeList', { UniqueIdentifier: id });
    },
  },
};

/** What the server itself writes into an object. */
export const revokedCases: readonly KmipCase[] = table('attributes', { against: 'server' }, rows);
