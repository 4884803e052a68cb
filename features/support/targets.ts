import { openTarget, protocols, subjectOf } from '#src/index.ts';
import type { OpenTarget, Profile, Subject, TargetFlags } from '#src/index.ts';

/** What `--world-parameters` may hold: the flags of a target, and the seed. */
export interface Parameters extends TargetFlags {
  readonly seed?: number;
}

/** The target that a scenario is played against, or why it says nothing about that target. */
export type Aim = { readonly subject: Subject } | { readonly skipped: string };

/** The targets of one run: each is brought up when a scenario first needs it. */
export class Targets {
  readonly #open = new Map<string, Promise<OpenTarget>>();

  /**
   * The target of a scenario, by its tags: `@qosst @alice` names protocol and side under test,
   * `@kmip/json` the dialect that it is about.
   */
  async aim(tags: readonly string[], parameters: Parameters): Promise<Aim> {
    const about = protocols.find(({ name }) => tags.includes(`@${name}`));
    const sides = (about === undefined ? protocols : [about]).flatMap(({ model }) => model.sides);
    const tagged = sides.filter((name) => tags.includes(`@${name}`));
    /** Where a side has the name of its protocol, that tag stands over the whole feature. */
    const side = tagged.find((name) => name !== about?.name) ?? tagged[0];
    const dialects = Object.keys(about?.dialects ?? {}).filter((name) => tags.includes(`@${name}`));
    const named = { about, side, dialect: dialects[0] };
    const { protocol, profile } = await subjectOf(flagsOf(parameters, named), protocols);
    const unfit =
      (about !== undefined && about !== protocol) || (side ?? profile.side) !== profile.side;
    const skipped = unfit
      ? `it puts ${side ?? about?.name} to the test, the target is ${profile.side} of ${protocol.name}`
      : excuse(tags, profile, dialects);
    return skipped === null ? { subject: { protocol, profile } } : { skipped };
  }

  /** The target itself, brought up. */
  open(subject: Subject, { seed = 42 }: Parameters): Promise<OpenTarget> {
    const key = keyOf(subject);
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const { signal } = new AbortController();
    const opened = openTarget(subject, { seed, signal, inMemory: true });
    this.#open.set(key, opened);
    return opened;
  }

  /** Lets go of a target, so that somebody else can bring it up. */
  async close(subject: Subject): Promise<void> {
    const opened = this.#open.get(keyOf(subject));
    this.#open.delete(keyOf(subject));
    await (await opened?.catch(() => null))?.[Symbol.asyncDispose]();
  }

  /** Lets go of all of them. */
  async closeAll(): Promise<void> {
    const opened = [...this.#open.values()];
    this.#open.clear();
    for (const target of opened) await (await target.catch(() => null))?.[Symbol.asyncDispose]();
  }
}

/** True where the parameters name a target; without one each scenario has our own side. */
export function isAimed({ target, profile, listen }: Parameters): boolean {
  return target !== undefined || profile !== undefined || listen !== undefined;
}

interface Named {
  readonly about: { readonly name: string } | undefined;
  readonly side: string | undefined;
  readonly dialect: string | undefined;
}

/** Without any target: our own side, the one that the tags name. */
function flagsOf(parameters: Parameters, { about, side, dialect }: Named): TargetFlags {
  if (isAimed(parameters) || about === undefined) return parameters;
  return {
    ...parameters,
    ...(dialect === undefined ? {} : { dialect }),
    target: `reference:${about.name}${side === undefined ? '' : `/${side}`}`,
  };
}

/** What the profile says against a scenario; `null`: nothing. */
function excuse(
  tags: readonly string[],
  profile: Profile,
  dialects: readonly string[],
): string | null {
  if (dialects.length > 0 && !dialects.includes(profile.dialect)) {
    return `it is about ${dialects.join(', ')}, the target speaks ${profile.dialect}`;
  }
  const absent = profile.absent.find((phase) => tags.includes(`@${phase}`));
  if (absent !== undefined) return `the profile declares that there is no ${absent}`;
  if (profile.safe && tags.includes('@hostile')) return 'safe mode: nothing malformed is sent';
  const ours = profile.target.kind === 'reference';
  if (!ours && tags.includes('@reference')) return 'it tells of what our own side is set to';
  return null;
}

function keyOf({ profile }: Subject): string {
  return JSON.stringify([profile.protocol, profile.side, profile.dialect, profile.target]);
}
