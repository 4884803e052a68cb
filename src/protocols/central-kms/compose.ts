import { messages, type MessageName } from '#models/central-kms/index.ts';
import type { Json } from '#src/base/json.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Composed, Making } from '#src/contract/protocol.ts';
import { socketBytes, type CentralKmsBend } from './codec.ts';
import { contents } from './contents.ts';
import { conversationAt, messageNamed, sideOf } from './context.ts';
import { perceiveValue, type Hearing } from './perceive-text.ts';

/** Makes the bytes of an utterance, with the event that an honest receiver makes of it. */
export function compose(
  utterance: Utterance<CentralKmsBend>,
  speaker: string,
  making: Making,
): Composed {
  const message = messageNamed(utterance.message);
  const content = 'content' in utterance ? utterance.content : contents(message, making)[0];
  const bend = utterance.frame ?? {};
  const honest = socketBytes({ message, content }, speaker, { bend, random: making.random });
  const bytes = utterance.bytes?.(honest) ?? honest;
  const isBent = utterance.frame !== undefined || utterance.bytes !== undefined;
  const hearing = { side: sideOf(speaker), conversation: conversationAt(making.position) };
  const payload = { content };
  /** How frames are read depends on the upgrade and on close frames: those are read as well. */
  const changesReading = messages[message].carrier === 'http' || message === 'closeFrame';
  const bent = isBent || changesReading || !isMeant(message, content, hearing);
  return { bytes, payload, bent };
}

/** Whether a receiver takes a content for what it was meant to be, with nothing wrong. */
function isMeant(message: MessageName, content: unknown, hearing: Hearing): boolean {
  if (messages[message].carrier !== 'text') return true;
  if (!isJson(content)) return false;
  const perceived = perceiveValue(content, hearing);
  return perceived.message === message && perceived.flaws.length === 0;
}

/** Contents are made of what JSON has; `undefined` stands for none. */
function isJson(content: unknown): content is Json {
  return content !== undefined;
}
