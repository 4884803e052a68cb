import { idOf, member, streamEnd, type Pending } from '#models/etsi-004/index.ts';
import type { Deed, SideScene } from '#src/contract/side.ts';
import { eventOf, recall } from '../context.ts';
import { chunkSize } from '../qos.ts';
import { say } from '../say.ts';
import type { KmsMemory } from './kms-memory.ts';

type Scene = SideScene<KmsMemory>;

/** The push that is answered next: the oldest. */
export function oldestPush(context: unknown): Pending | null {
  return recall(context).pending.find(({ by }) => by === 'qkd-device') ?? null;
}

/** What the KMSs answer to a push: they take its key, or say that they do not. */
export function receipt(scene: Scene, push: Pending): Deed {
  if (push.call !== 'keyMaterial') return refuseCall(scene);
  if (push.stray) return strayReceipt(scene, push);
  const chunk = chunkIn(scene, push);
  if (chunk === 'late') return isLateTaken(scene) ? accept() : refuse(3);
  if (chunk === 'none') return accept();
  if (chunk === 'wrong') return refuse(3);
  scene.memory.movedMs = scene.nowMs;
  const { readings } = scene.settings;
  switch (scene.memory.store.take(chunk)) {
    case 'next':
    case 'apart':
      return accept();
    case 'again':
      return readings['duplicatePush'] === 'refused' ? refuse(5) : accept();
    case 'early':
      return refuse(3);
    case 'conflicting':
    case 'unequal':
      return refuse(5);
  }
}

export function accept(): Deed {
  return say('keyAccepted', { status: 0, metadata: { size: 0, buffer: '' } });
}

/** No status fits what a KMS may find wrong: 3 and 5 at least come with HTTP 400. */
export function refuse(status: 3 | 5): Deed {
  return say('keyRefused', { status });
}

/** The key of a push; or that there is none, or none that could be used. */
function chunkIn({ context, nowMs, settings }: Scene, { place, content }: Pending) {
  const conversation = recall(context);
  const streamId = place === null ? null : (conversation.slots[place.slot]?.id ?? null);
  if (place === null || streamId === null) return 'wrong';
  const { stage, qos, asked } = streamEnd(conversation, place);
  if (stage === 'closed') return 'late';
  const key = Buffer.from(String(member(content, 'key_buffer')), 'base64');
  if (member(content, 'status') !== 0) return key.length === 0 ? 'none' : 'wrong';
  const agreedBytes = chunkSize(qos) ?? chunkSize(asked);
  if (key.length === 0 || (agreedBytes !== null && key.length !== agreedBytes)) return 'wrong';
  const ttl = Number(member(qos, 'ttl') ?? 0);
  const index = Number(member(content, 'index'));
  const isGapless = settings.readings['indexGaps'] === 'none';
  return { streamId, end: place.end, index, key, ttl: ttl > 0 ? ttl : null, nowMs, isGapless };
}

function isLateTaken({ settings }: Scene): boolean {
  return settings.readings['latePushAnswer'] !== 'refused';
}

/** A push that names no stream of ours, or is wrong in itself. */
function strayReceipt({ context }: Scene, { content }: Pending): Deed {
  const conversation = recall(context);
  const id = idOf(conversation, eventOf('qkd-device.keyMaterial', { content }));
  return id !== null && conversation.untracked.includes(id) ? accept() : refuse(3);
}

/** What is no key-material; behind what is no HTTP the connection is of no use any more. */
function refuseCall({ heard }: Scene): Deed {
  const fault = heard?.payload['fault'];
  if (fault === 'method') return say('callRefused', {}, { code: 405 });
  if (fault === 'path') return say('callRefused', {}, { code: 404 });
  return say('callRefused', {}, { code: 400, leaves: 'ended' });
}
