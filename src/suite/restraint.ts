import type { Perceived } from '#src/contract/frame.ts';
import type { Position } from '#src/contract/position.ts';
import type { Protocol } from '#src/contract/protocol.ts';
import type { Profile } from '#src/contract/target.ts';

/** What a profile says of what its target must not be told. */
type Restrained = Pick<Profile, 'never' | 'safe' | 'consent'>;

/** Why nothing bent is sent. */
export const nothingMalformed = 'safe mode: nothing malformed is sent';

/** Why a message must not be sent, whatever it is about; `null`: it may be. */
export function withholding(
  protocol: Protocol,
  profile: Restrained,
  message: string,
): string | null {
  if (profile.never.includes(message)) return `the profile says never to send ${message}`;
  /** What is destructive only at times is looked at when it is said. */
  return protocol.destroys === undefined ? destruction(protocol, profile, message) : null;
}

/** Why a message must not be sent where it destroys something; `null`: it may be, or never does. */
export function destruction(
  protocol: Protocol,
  profile: Restrained,
  message: string,
): string | null {
  const why = protocol.destructive?.[message];
  if (why === undefined || !profile.safe || profile.consent?.includes(message)) return null;
  return `${message} is destructive (${why}), and there is no consent: --consent ${message}`;
}

/** All messages that are withheld, whatever they are about. */
export function withheldMessages(protocol: Protocol, profile: Restrained): ReadonlySet<string> {
  const names = Object.keys(protocol.model.messages);
  return new Set(names.filter((name) => withholding(protocol, profile, name) !== null));
}

/** What a frame of ours does that its target does not forget. */
export function destroyedBy(protocol: Protocol, frame: Perceived, at: Position): readonly string[] {
  const { destructive = {} } = protocol;
  const done = protocol.destroys?.(frame, at.context) ?? saidBy(protocol, frame);
  return done.filter((name) => Object.hasOwn(destructive, name));
}

/** Why a frame of ours must not be sent; `null`: it may be. */
export function refusal(
  protocol: Protocol,
  profile: Restrained,
  { frame, at }: { readonly frame: Perceived; readonly at: Position },
): string | null {
  const reasons = [
    ...saidBy(protocol, frame).map((name) => withholding(protocol, profile, name)),
    ...destroyedBy(protocol, frame, at).map((name) => destruction(protocol, profile, name)),
    profile.safe && isMalformed(frame) ? nothingMalformed : null,
  ];
  return reasons.find((reason) => reason !== null) ?? null;
}

/** Whether something is wrong with a frame of ours. */
export function isMalformed({ flaws }: Perceived): boolean {
  return flaws.some(({ tolerable }) => tolerable !== true);
}

function saidBy(protocol: Protocol, frame: Perceived): readonly string[] {
  return protocol.says?.(frame) ?? (frame.message === null ? [] : [frame.message]);
}
