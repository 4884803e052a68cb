import type { MessageName } from '#models/etsi-004/index.ts';
import { HarnessError } from '#src/base/errors.ts';
import { isJsonObject, type Json } from '#src/base/json.ts';
import type { Rewriting } from '#src/contract/rewriting.ts';
import { rewriteMessage } from '#src/wire/http/rewrite.ts';
import { contentText } from '#src/wire/json-text.ts';
import { framingRules } from './framing/dialect.ts';
import { writeService } from './framing/frame-writer.ts';
import { serviceOf } from './framing/layouts.ts';
import type { ServiceFrame } from './framing/reader.ts';
import type { HttpFrame } from './http-frames.ts';

type Frame = HttpFrame | ServiceFrame;

/** Messages of HTTP as `method` and `target`, or `code`, beside their `content`; frames as that. */
export const rewriting: Rewriting<Frame> = {
  open(frame) {
    if ('service' in frame) {
      const { content } = frame.service;
      return content === undefined ? null : { content };
    }
    const { message } = frame;
    const { json } = message;
    if (message.kind === 'unreadable' || json?.ok === false) return null;
    const content = json === null ? {} : { content: json.value };
    if (message.kind === 'response') return { code: message.code, ...content };
    const { method, target } = message;
    return { method, target, ...content };
  },
  close(frame, members, { settings }) {
    if (!isJsonObject(members)) throw new HarnessError('usage', 'a message has members');
    const { content } = members;
    if (!('service' in frame)) {
      const body = content === undefined ? new Uint8Array(0) : contentText(content);
      return rewriteMessage(frame.message, { ...startOf(members), body });
    }
    const rules = framingRules(settings);
    const message = nameOf(frame.service.service);
    if (rules === null || message === null) throw new HarnessError('usage', 'it names no service');
    return writeService({ message, content }, {}, rules);
  },
};

function startOf({ method, target, code }: { readonly [name: string]: Json }) {
  return {
    ...(typeof method === 'string' ? { method } : {}),
    ...(typeof target === 'string' ? { target } : {}),
    ...(typeof code === 'number' ? { code } : {}),
  };
}

/** The message whose payload a service byte announces. */
function nameOf(service: number): MessageName | null {
  const known = Object.entries(serviceOf).find(([, byte]) => byte === service);
  return known !== undefined && isName(known[0]) ? known[0] : null;
}

function isName(name: string): name is MessageName {
  return Object.hasOwn(serviceOf, name);
}
