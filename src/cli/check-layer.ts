import { chartOf } from '#src/chart/chart-of.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import { fits } from '#src/wire/schema.ts';
import { complaint, type Layer } from './layer.ts';
import { oneOf } from './usage.ts';

/**
 * Holds what a layer says against a protocol.
 * @throws HarnessError `usage` at the place of the first unknown word, naming the nearest one.
 */
export function checkLayer(layer: Layer, protocol: Protocol): void {
  const { members, where } = layer;
  const { model } = protocol;
  const { side, dialect, absent = [], never = [], consent = [], timeouts, options = {} } = members;
  const phase = { what: 'phase', known: phasesOf(protocol) };
  const message = { what: 'message', known: Object.keys(model.messages) };
  if (side !== undefined) {
    oneOf(side, { what: `side of ${protocol.name}`, known: model.sides, where: where(['side']) });
  }
  if (dialect !== undefined) {
    const known = Object.keys(protocol.dialects);
    oneOf(dialect, { what: 'dialect', known, where: where(['dialect']) });
  }
  for (const [index, name] of absent.entries()) {
    oneOf(name, { ...phase, where: where(['absent', `${index}`]) });
  }
  for (const [index, name] of never.entries()) {
    oneOf(name, { ...message, where: where(['never', `${index}`]) });
  }
  const known = Object.keys(protocol.destructive ?? {});
  const destructive = { what: `destructive message of ${protocol.name}`, known };
  for (const [index, name] of consent.entries()) {
    oneOf(name, { ...destructive, where: where(['consent', `${index}`]) });
  }
  for (const name of Object.keys(timeouts?.replyMsAfter ?? {})) {
    oneOf(name, { ...message, where: where(['timeouts', 'replyMsAfter', name]) });
  }
  if (!fits(protocol.options, options)) {
    throw complaint(protocol.options, options, (path) => where(['options', ...path]));
  }
}

/**
 * The pinned readings of a layer, by ambiguity key: files and flags may write the whole id.
 * @throws HarnessError `usage` naming the nearest ambiguity or reading.
 */
export function readingsOf({ members, where }: Layer, protocol: Protocol) {
  const { ambiguities } = protocol.model;
  const pinned = Object.entries(members.readings ?? {}).map(([id, reading]) => {
    const place = where(['readings', id]);
    const key = id.startsWith(`${protocol.name}/`) ? id.slice(protocol.name.length + 1) : id;
    oneOf(key, { what: 'ambiguity', known: Object.keys(ambiguities), where: place });
    const known = Object.keys(ambiguities[key]?.readings ?? {});
    oneOf(reading, { what: `reading of ${key}`, known, where: place });
    return [key, reading] as const;
  });
  return Object.fromEntries(pinned);
}

function phasesOf(protocol: Protocol): readonly string[] {
  const { states } = chartOf(protocol.model.session);
  return [...new Set(states.map((state) => state.slice(0, state.lastIndexOf('.'))))];
}
