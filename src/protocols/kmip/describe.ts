import { createHash } from 'node:crypto';
import { field, itemsOf, textAt, versionOf } from '#models/kmip/index.ts';
import { contentOf } from './content.ts';
import type { KmipFrame } from './frames.ts';
import { tags } from './registry/tags.ts';
import { versionOfTree } from './tree-version.ts';

/** One line for people: the operations and results; of key material and data only digests. */
export function describe({ http, tree, problems }: KmipFrame): string {
  const around = http?.kind === 'response' && http.code !== 200 ? `HTTP ${http.code}, ` : '';
  const wrong = problems.length === 0 ? '' : ` (${problems.map(({ kind }) => kind).join(', ')})`;
  const { item } = tree;
  if (item?.type !== 'Structure') return `${around}no KMIP message${wrong}`;
  const content = contentOf(item, versionOfTree(item) ?? '2.1');
  const isRequest = item.tag === tags.RequestMessage;
  const version = versionOf(content, isRequest ? 'RequestHeader' : 'ResponseHeader');
  const items = itemsOf(content).map(isRequest ? askedIn : toldIn);
  return `${around}${version} ${items.join('; ') || 'without items'}${wrong}`;
}

function askedIn(item: unknown): string {
  const payload = field(item, 'RequestPayload');
  return [textAt(item, 'Operation') ?? 'no operation', ...identifierIn(payload)].join(' ');
}

function toldIn(item: unknown): string {
  const operation = textAt(item, 'Operation');
  const status = textAt(item, 'ResultStatus') ?? 'no status';
  const reason = textAt(item, 'ResultReason');
  const payload = field(item, 'ResponsePayload');
  const parts = [operation ?? 'message', status, ...(reason === null ? [] : [reason])];
  return [...parts, ...identifierIn(payload)].join(' ');
}

/** Identifiers as they are, unless they are long. */
function identifierIn(payload: unknown): readonly string[] {
  const id = textAt(payload, 'UniqueIdentifier');
  if (id === null) return [];
  if (/^[\w.:-]{1,48}$/.test(id)) return [id];
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 12);
  return [`(${id.length} characters, SHA-256 ${digest}…)`];
}
