import type { Perceived, Protocol } from '#src/index.ts';

/** A message by the name that documents give it, `QIE_REQUEST`, well or badly spelt. */
export function messageNamed(protocol: Protocol, name: string): string {
  const rows = Object.entries(protocol.model.messages);
  const found = rows.find(([key, row]) => row.wireName === name || spelt(key) === name);
  if (found === undefined) throw new Error(`${protocol.name} has no message '${name}'`);
  return found[0];
}

/** What people call a message that was said. */
export function nameOf(protocol: Protocol, perceived: Perceived | undefined): string {
  if (perceived === undefined) return 'nothing';
  const { message, flaws } = perceived;
  const [flaw] = flaws;
  const name = message === null ? 'an unreadable frame' : spelt(message);
  const code = Reflect.get(protocol.model.messages[message ?? ''] ?? {}, 'code');
  const called = typeof code === 'number' ? `${name} (${code})` : name;
  return flaw === undefined ? called : `${called}, in which ${flaw.detail}`;
}

/** Sides that are no people, as they stand in a sentence. */
const spoken: Readonly<Record<string, string>> = {
  kms: 'The KMS',
  'qkd-device': 'The QKD device',
  'central-kms': 'The central KMS',
  sidecar: 'The sidecar',
  server: 'The KMIP server',
  client: 'The KMIP client',
};

/** `alice` as it stands at the beginning of a sentence. */
export function titled(side: string): string {
  return spoken[side] ?? side.slice(0, 1).toUpperCase() + side.slice(1);
}

/** Every way in which a sentence may name a side. */
export function namesOf(side: string): readonly string[] {
  const name = titled(side);
  return name.startsWith('The ') ? [name, name.replace('The', 'the')] : [name];
}

/** `peSymbolsRequest` → `PE_SYMBOLS_REQUEST`. */
function spelt(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
