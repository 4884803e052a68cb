import { all, field, has, isSame, textAt, type Fields } from '../fields.ts';
import type { State } from '../lifecycle.ts';
import { requirements } from '../requirements.ts';
import { attributesOf, hasAttribute, usesOf, type KnownObject } from '../world.ts';
import type { Asked, Misfit } from './rule.ts';
import { unless } from './rule.ts';
import { objectOf } from './targets.ts';

/** Attributes whose values are as a client gave them, and stay so. */
export const kept: readonly string[] = [
  'CryptographicAlgorithm',
  'CryptographicLength',
  'Name',
  'Description',
  'Comment',
  'ContactInformation',
  'ObjectGroup',
  'ApplicationSpecificInformation',
];

/** The attributes that a request names. */
export function referencesIn(payload: unknown): readonly unknown[] {
  return all(payload, 'AttributeReference');
}

/** What is wrong with the attributes that a response tells. */
export function toldWrongly(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  if (object === null) return null;
  const told = attributesOf(answer);
  const asks = referencesIn(asked.payload);
  const surplus = Object.keys(told).find(
    (name) => asks.length > 0 && !asks.includes(name) && name !== 'Attribute',
  );
  if (surplus !== undefined) {
    const detail = `got ${surplus}, which was not asked for`;
    return { requirement: requirements.attributesOnlyAsked, detail };
  }
  return (
    stateMisfit(object, told) ??
    valueMisfit(object, told, asks) ??
    twiceMisfit(told) ??
    maskMisfit(object, told) ??
    sensitivityMisfit(object, told) ??
    freshMisfit(object, told) ??
    revocationMisfit(asked, object, told, asks) ??
    undatedMisfit(asked, object, told, asks)
  );
}

function stateMisfit(object: KnownObject, told: Fields): Misfit | null {
  const said = textAt(told, 'State');
  if (said === null) return null;
  return unless(
    object.states.some((state) => state === said),
    requirements.stateTold,
    `expected the state ${object.states.join(' or ')}, got ${said}`,
  );
}

/** Of several attributes of a name, others may be there too. */
function valueMisfit(object: KnownObject, told: Fields, asks: readonly unknown[]): Misfit | null {
  for (const name of kept) {
    const own = all(object.attributes, name);
    const said = all(told, name);
    const isAsked = asks.includes(name) || (asks.length === 0 && name !== 'Comment');
    const isGone = has(object.attributes, name) && own.length === 0;
    if (isGone && said.length > 0) {
      const detail = `got ${name}, which was deleted`;
      return { requirement: requirements.attributeDeleted, detail };
    }
    if (own.length === 0 || !isAsked) continue;
    const missing = own.find((value) => !said.some((one) => isSame(one, value)));
    if (missing === undefined) continue;
    const detail = `expected ${name} as it was given, got ${said.length === 0 ? 'none' : 'another'}`;
    return { requirement: requirements.attributesTold, detail };
  }
  return null;
}

/** Of those that are kept an object has one only. */
const single: readonly string[] = [
  'CryptographicAlgorithm',
  'CryptographicLength',
  'Description',
  'Comment',
  'ContactInformation',
];

function twiceMisfit(told: Fields): Misfit | null {
  const twice = single.find((name) => all(told, name).length > 1);
  if (twice === undefined) return null;
  const detail = `got ${twice} more than once, of which an object has one`;
  return { requirement: requirements.attributesTold, detail };
}

/** What is not sensitive now was not always so; the same of what may be extracted. */
function sensitivityMisfit({ attributes }: KnownObject, told: Fields): Misfit | null {
  const isWrong =
    (field(attributes, 'Sensitive') === false && field(told, 'AlwaysSensitive') === true) ||
    (field(attributes, 'Extractable') === true && field(told, 'NeverExtractable') === true);
  const detail = 'got Always Sensitive, or Never Extractable, for an object that is not';
  return unless(!isWrong, requirements.attributesTold, detail);
}

/** A server may allow more uses than it was asked for. */
function maskMisfit(object: KnownObject, told: Fields): Misfit | null {
  if (!has(told, 'CryptographicUsageMask')) return null;
  const said = textAt(told, 'CryptographicUsageMask')?.split('|') ?? [];
  const lost = usesOf(object)?.find((use) => !said.includes(use));
  if (lost === undefined) return null;
  const detail = `expected the use ${lost} in the Cryptographic Usage Mask, as it was given`;
  return { requirement: requirements.attributesTold, detail };
}

function freshMisfit({ isServed }: KnownObject, told: Fields): Misfit | null {
  const isWrong = isServed === true && field(told, 'Fresh') === true;
  const detail = 'got Fresh for an object that has been served';
  return unless(!isWrong, requirements.freshUntilServed, detail);
}

const compromises = ['KeyCompromise', 'CACompromise'];

/** Of several revocations any may be told. */
function revocationMisfit(
  { readings }: Asked,
  object: KnownObject,
  told: Fields,
  asks: readonly unknown[],
): Misfit | null {
  const { revocations = [] } = object;
  if (revocations.length === 0) return null;
  const requirement = requirements.revocationTold;
  const said = textAt(field(told, 'RevocationReason'), 'RevocationReasonCode');
  if (said !== null && !revocations.includes(said)) {
    return { requirement, detail: `expected the reason ${revocations.join(' or ')}, got ${said}` };
  }
  const isOpen = readings['stepsKept'] === 'leftOut';
  const owed = isCompromised(object)
    ? ['RevocationReason', 'CompromiseDate']
    : ['RevocationReason'];
  const missing = owed.find((name) => asks.includes(name) && !has(told, name));
  if (missing === undefined || isOpen) return null;
  return { requirement, detail: `expected ${missing} of an object that was revoked` };
}

function isCompromised({ revocations = [], states }: KnownObject): boolean {
  return (
    revocations.some((code) => compromises.includes(code)) &&
    states.every((state) => state === 'Compromised' || state === 'DestroyedCompromised')
  );
}

/** The date that an object has in a state, whoever brought it there. */
const dateOf: Readonly<Record<State, string | null>> = {
  PreActive: null,
  Active: 'ActivationDate',
  Deactivated: 'DeactivationDate',
  Compromised: 'CompromiseDate',
  Destroyed: 'DestroyDate',
  DestroyedCompromised: 'DestroyDate',
};

function undatedMisfit(
  { readings }: Asked,
  { states, isForeign }: KnownObject,
  told: Fields,
  asks: readonly unknown[],
): Misfit | null {
  const [state, ...others] = states;
  const name = state === undefined || others.length > 0 || isForeign ? null : dateOf[state];
  const isOwed = name !== null && asks.includes(name) && readings['stepsKept'] !== 'leftOut';
  if (!isOwed || has(told, name)) return null;
  return { requirement: requirements.stepsDated, detail: `expected ${name}: it is ${state}` };
}

/** What every key has. */
const ofKeys = ['ObjectType', 'State'];

/** What is wrong with the names of attributes that a response tells. */
export function listedWrongly(asked: Asked, answer: unknown): Misfit | null {
  const object = objectOf(asked);
  const told = all(answer, 'AttributeReference');
  const requirement = requirements.attributeListTold;
  const names = told.filter((name) => typeof name === 'string');
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) return { requirement, detail: `got ${twin} twice` };
  if (object === null || told.length === 0) return null;
  const isKey = object.type?.endsWith('Key') === true;
  const owed = [...kept.filter((name) => hasAttribute(object, name)), ...(isKey ? ofKeys : [])];
  const missing = owed.find((name) => !names.includes(name));
  if (missing !== undefined) return { requirement, detail: `expected ${missing}, which it has` };
  const lost = all(object.attributes, 'Attribute').find(
    (own) => !told.some((one) => isOfVendor(one, own)) && !names.includes('Attribute'),
  );
  if (lost === undefined) return null;
  const name = textAt(lost, 'AttributeName') ?? '';
  return { requirement, detail: `expected ${name}, an attribute of a vendor that it has` };
}

/** Whether a reference names an attribute of a vendor; it may be written with its type. */
function isOfVendor(reference: unknown, own: unknown): boolean {
  const named = has(reference, 'value') ? field(reference, 'value') : reference;
  return ['VendorIdentification', 'AttributeName'].every(
    (name) => textAt(named, name) === textAt(own, name),
  );
}
