import { member, requirements, type Conversation, type Side } from '#models/central-kms/index.ts';
import type { Requirement } from '#models/language/index.ts';
import type { Flaw, Perceived } from '#src/contract/frame.ts';
import type { Settings } from '#src/contract/settings.ts';
import { valuesOf } from '#src/wire/http/fields.ts';
import type {
  HttpMessage,
  HttpProblemCode,
  HttpRequest,
  HttpResponse,
} from '#src/wire/http/message.ts';
import { acceptOf } from '#src/wire/websocket/handshake.ts';
import { textOption } from './settings.ts';

/** The upgrade, or its answer, as its receiver sees it: HTTP first, then what makes it an upgrade. */
export function perceiveUpgrade(
  message: HttpMessage,
  side: Side,
  { conversation, settings }: { readonly conversation: Conversation; readonly settings: Settings },
): Perceived {
  const broken = httpFlaws(message, side);
  const seen =
    side === 'sidecar' ? seenRequest(message, settings) : seenAnswer(message, conversation);
  const flaws = [...broken, ...seen.flaws];
  const fault = flaws.length > 0 ? { fault: 'upgrade' } : {};
  const payload = { content: seen.content, ...fault };
  return { message: seen.message, payload, flaws, mended: null };
}

interface Seen {
  readonly message: 'upgrade' | 'upgraded' | 'upgradeRefused' | null;
  readonly content: unknown;
  readonly flaws: readonly Flaw[];
}

/** What many servers do not look at: whoever minds it refuses the upgrade. */
const tolerable = { tolerable: true } as const;

/** What is wrong with content, or its type, says nothing: nobody reads it. */
const passedOver: readonly HttpProblemCode[] = ['contentType', 'contentForbidden', 'emptyLine'];

function httpFlaws({ problems }: HttpMessage, side: Side): readonly Flaw[] {
  const requirement =
    side === 'sidecar' ? requirements.upgradeRequest : requirements.upgradeAnswered;
  return problems
    .filter(({ code }) => !passedOver.includes(code))
    .map(({ code, detail }) => ({
      ...malformed(requirement, detail),
      ...(code === 'hostMissing' ? tolerable : {}),
    }));
}

function seenRequest(message: HttpMessage, settings: Settings): Seen {
  if (message.kind !== 'request') {
    const flaw = malformed(requirements.upgradeRequest, 'expected a request, got none');
    return { message: null, content: undefined, flaws: [flaw] };
  }
  const { headers } = message;
  const value = (name: string) => valuesOf(headers, name).join(', ');
  const content = {
    path: message.target,
    host: value('host'),
    key: value('sec-websocket-key'),
    version: value('sec-websocket-version'),
    ...listIn(message, 'protocols', 'sec-websocket-protocol'),
    ...listIn(message, 'extensions', 'sec-websocket-extensions'),
  };
  return { message: 'upgrade', content, flaws: requestFlaws(message, content, settings) };
}

function requestFlaws(
  message: HttpRequest,
  content: { readonly path: string; readonly key: string; readonly version: string },
  settings: Settings,
): readonly Flaw[] {
  const path = content.path.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*$/s, '');
  const rules: readonly (readonly [boolean, Requirement, string])[] = [
    [message.method === 'GET', requirements.upgradeRequest, 'the method GET'],
    [has(message, 'upgrade', 'websocket'), requirements.upgradeRequest, 'Upgrade: websocket'],
    [has(message, 'connection', 'upgrade'), requirements.upgradeRequest, 'Connection: Upgrade'],
    [content.version === '13', requirements.upgradeRequest, 'Sec-WebSocket-Version: 13'],
    [isKey(content.key), requirements.upgradeKey, 'a key of 16 bytes in base 64'],
  ];
  const flaws = rules
    .filter(([holds]) => !holds)
    .map(([, requirement, what]) => unfit(requirement, what));
  if (path === textOption(settings, 'path')) return flaws;
  return [...flaws, { ...unfit(requirements.endpoint, 'the path of the socket'), ...tolerable }];
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{22}==$/.test(text);
}

function seenAnswer(message: HttpMessage, conversation: Conversation): Seen {
  if (message.kind !== 'response') {
    const flaw = malformed(requirements.upgradeAnswered, 'expected an HTTP answer, got none');
    return { message: null, content: undefined, flaws: [flaw] };
  }
  if (message.code !== 101) return refusalIn(message);
  const accept = valuesOf(message.headers, 'sec-websocket-accept').join(', ');
  const [protocol] = valuesOf(message.headers, 'sec-websocket-protocol');
  const content = {
    accept,
    ...(protocol === undefined ? {} : { protocol }),
    ...listIn(message, 'extensions', 'sec-websocket-extensions'),
  };
  return { message: 'upgraded', content, flaws: answerFlaws(message, content, conversation) };
}

function refusalIn(message: HttpResponse): Seen {
  const versions = valuesOf(message.headers, 'sec-websocket-version').flatMap(tokens);
  const content = { status: message.code, ...(versions.length === 0 ? {} : { versions }) };
  const flaws =
    message.code >= 300
      ? []
      : [malformed(requirements.upgradeAnswered, `expected 101 or an error, got ${message.code}`)];
  return { message: 'upgradeRefused', content, flaws };
}

function answerFlaws(
  message: HttpResponse,
  content: object,
  { upgrade }: Conversation,
): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (!has(message, 'upgrade', 'websocket')) {
    flaws.push(unfit(requirements.upgradeAnswered, 'Upgrade: websocket'));
  }
  if (!has(message, 'connection', 'upgrade')) {
    flaws.push(unfit(requirements.upgradeAnswered, 'Connection: Upgrade'));
  }
  const key = member(upgrade, 'key');
  if (typeof key === 'string' && member(content, 'accept') !== acceptOf(key)) {
    const detail = 'expected Sec-WebSocket-Accept of the key, got another';
    flaws.push({ kind: 'unauthentic', requirement: requirements.acceptRight, detail });
  }
  const protocol = member(content, 'protocol');
  if (protocol !== undefined && !offered(upgrade, 'protocols').includes(protocol)) {
    flaws.push(unfit(requirements.protocolOffered, 'a subprotocol that was offered'));
  }
  const extensions = member(content, 'extensions');
  const known = offered(upgrade, 'extensions').map(nameOf);
  if (Array.isArray(extensions) && !extensions.map(nameOf).every((name) => known.includes(name))) {
    flaws.push(unfit(requirements.extensionsOffered, 'extensions that were offered'));
  }
  return flaws;
}

function offered(upgrade: unknown, name: string): readonly unknown[] {
  const list = member(upgrade, name);
  return Array.isArray(list) ? list : [];
}

/** An extension without its parameters. */
function nameOf(extension: unknown): string {
  return String(extension).replace(/;.*$/s, '').trim().toLowerCase();
}

function has({ headers }: HttpMessage, name: string, token: string): boolean {
  const found = valuesOf(headers, name).flatMap(tokens);
  return found.some((one) => one.toLowerCase() === token);
}

function listIn({ headers }: HttpMessage, member: string, name: string): object {
  const list = valuesOf(headers, name).flatMap(tokens);
  return list.length === 0 ? {} : { [member]: list };
}

function tokens(value: string): readonly string[] {
  return value.split(',').map((token) => token.trim());
}

function malformed(requirement: Requirement, detail: string): Flaw {
  return { kind: 'malformed', requirement, detail };
}

function unfit(requirement: Requirement, expected: string): Flaw {
  return { kind: 'unfit', requirement, detail: `expected ${expected}, got something else` };
}
