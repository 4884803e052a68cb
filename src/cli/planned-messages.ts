import { settingsFor } from '#src/contract/choose.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';
import type { Trace } from '#src/contract/trace.ts';
import type { PlannedMessage } from '#src/suite/noted.ts';
import type { Rehearsal } from '#src/suite/rehearse.ts';

/** A message of a plan, and its text for people. */
export type ShownMessage<Planned extends PlannedMessage = PlannedMessage> = Planned & {
  readonly says: string;
  readonly bytes: number;
};

/** Who would be told, and in which form. */
export interface Told {
  readonly protocol: Protocol;
  readonly profile: Profile;
}

/** What a case would say, for people. */
export function rehearsedText(told: Told, one: Rehearsal): string {
  const { played, excuse } = one;
  if (excuse !== null) return `${played.id}\n  left out: ${excuse}\n`;
  const lines = messageLines(shownMessages(told, one));
  return `${[`${played.id}  ${played.title}`, ...lines].join('\n')}\n`;
}

/** The same for a program. */
export function rehearsedRecord(told: Told, one: Rehearsal): object {
  const { played, excuse, messages, keys } = one;
  const about = { id: played.id, title: played.title, leftOut: excuse };
  if (excuse !== null) return { ...about, sent: [], messages: 0, keys: 0 };
  return { ...about, sent: shownMessages(told, one), messages, keys };
}

/** Each message with its text, as far as the frames can be told apart. */
export function shownMessages<Planned extends PlannedMessage>(
  told: Told,
  { sent, trace }: { readonly sent: readonly Planned[]; readonly trace: Trace | null },
): readonly ShownMessage<Planned>[] {
  const texts = trace === null ? [] : textsOf(told, trace);
  const isClear = texts.length === sent.length;
  return sent.map((message, index) => ({
    ...message,
    says: (isClear ? texts[index]?.says : undefined) ?? '',
    bytes: (isClear ? texts[index]?.bytes : undefined) ?? 0,
  }));
}

/** A line for each message: its number, its name, what marks it, and what it says. */
export function messageLines<Shown extends ShownMessage>(
  messages: readonly Shown[],
  more: (message: Shown) => readonly string[] = () => [],
): readonly string[] {
  return messages.map((message, index) => {
    const marks = [
      ...(message.isMalformed ? ['MALFORMED'] : []),
      ...message.destroys.map((name) => `DESTRUCTIVE ${name}`),
      ...more(message),
    ];
    const marked = marks.length === 0 ? '' : `  [${marks.join(', ')}]`;
    const name = message.message ?? 'no message';
    return `  ${String(index + 1).padStart(3)}. ${name}${marked}  ${message.says}`.trimEnd();
  });
}

/** What our frames of a trace say: connections are read apart. */
function textsOf({ protocol, profile }: Told, trace: Trace) {
  const { options } = trace;
  const settings = settingsFor(protocol, { ...profile, options, pinned: profile.readings });
  let reader = protocol.reader(settings);
  return trace.events.flatMap((event) => {
    if (event.kind === 'opened') reader = protocol.reader(settings);
    if (event.kind !== 'sent') return [];
    const frames = reader.push(event.bytes);
    const bytes = Math.round(event.bytes.length / Math.max(1, frames.length));
    return frames.map((frame) => ({ says: protocol.describe(frame), bytes }));
  });
}
