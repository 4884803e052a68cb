import { HarnessError } from '#src/base/errors.ts';
import type { Deviation, Fuzzing } from '#src/contract/fuzz.ts';
import type { Utterance } from '#src/contract/frame.ts';
import type { Making } from '#src/contract/protocol.ts';
import { byteOps } from './bytes.ts';
import { contentOps } from './content.ts';

/** The utterance that a deviation makes of a message. */
export function deviate(
  fuzzing: Fuzzing,
  deviation: Deviation,
  scene: { readonly message: string; readonly content: unknown; readonly making: Making },
): Utterance {
  const { message, content } = scene;
  const { op, dice } = deviation;
  switch (deviation.level) {
    case 'bytes': {
      const bend = named(byteOps, op);
      return { message, content, bytes: (bytes) => bend(bytes, dice) };
    }
    case 'frame':
      return { message, content, frame: named(fuzzing.frames, op).bend(dice, scene) };
    case 'content': {
      const bent = named(contentOps, op)(content, (value) => fuzzing.contentText(value), dice);
      if (bent.kind === 'value') return { message, content: bent.value };
      const bytes = bent.kind === 'text' ? Buffer.from(bent.text, 'utf8') : bent.bytes;
      return { message, content, frame: fuzzing.rawContent(bytes) };
    }
  }
}

/** Every operation that a campaign may choose, `<level>/<op>`. */
export function operations(fuzzing: Fuzzing): readonly Pick<Deviation, 'level' | 'op'>[] {
  const of = (level: Deviation['level'], table: object) =>
    Object.keys(table).map((op) => ({ level, op }));
  return [...of('bytes', byteOps), ...of('frame', fuzzing.frames), ...of('content', contentOps)];
}

function named<Value>(table: Readonly<Record<string, Value>>, op: string): Value {
  const found = Object.hasOwn(table, op) ? table[op] : undefined;
  if (found === undefined) throw new HarnessError('usage', `no way to bend called '${op}'`);
  return found;
}
