import type { Requirement } from '#models/language/index.ts';
import type { Answers, Mutant, SideRecord } from '#src/contract/side.ts';
import { kms, type KmsMemory } from '../reference/kms.ts';
import type { DeviceMemory } from '../reference/device-memory.ts';
import { qkdDevice } from '../reference/qkd-device.ts';

/** What one mutant changes: some answers, or one habit. */
export interface Change<Memory> extends Partial<Omit<SideRecord<Memory>, 'answers'>> {
  readonly id: string;
  readonly title: string;
  readonly breaks: Requirement;
  /** Messages of the shortest trace that shows it, both directions counted. */
  readonly shortest: number;
  readonly deep?: true;
  readonly answers?: Answers<Memory>;
}

/** The QKD device, wrong in one place. */
export function deviceMutant(change: Change<DeviceMemory>): Mutant {
  return mutant('qkd-device', qkdDevice, change);
}

/** The KMS, wrong in one place. */
export function kmsMutant(change: Change<KmsMemory>): Mutant {
  return mutant('kms', kms, change);
}

function mutant<Memory>(side: string, record: SideRecord<Memory>, change: Change<Memory>): Mutant {
  const { id, title, breaks, shortest, deep, answers, ...habits } = change;
  const changed = { ...record, ...habits, answers: { ...record.answers, ...answers } };
  return { id, side, title, breaks, shortest, deep: deep === true, record: changed };
}
