import { isJsonObject, type Json } from '#src/base/json.ts';

/** A path of members: `content.list[2].name`. */
export type Path = readonly (string | number)[];

/** Reads a path; `null` where it is none. */
export function readPath(text: string): Path | null {
  const steps = text.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  const isWhole = /^[^.[\]]+(\[\d+\])*(\.[^.[\]]+(\[\d+\])*)*$/.test(text);
  if (!isWhole) return null;
  return steps.map((step) => (step.startsWith('[') ? Number(step.slice(1, -1)) : step));
}

export function writePath(path: Path): string {
  return path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join('');
}

/** What stands at a place; `undefined`: nothing. */
export function memberAt(value: Json, path: Path): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => {
    if (at === undefined) return undefined;
    if (Array.isArray(at)) return at[Number(step)];
    return isJsonObject(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }, value);
}

/** The names of what stands beside a place, for whoever has mistaken one. */
export function namesBeside(value: Json, path: Path): readonly string[] {
  for (let length = path.length - 1; length >= 0; length -= 1) {
    const around = memberAt(value, path.slice(0, length));
    if (around === undefined || !isJsonObject(around)) continue;
    const before = path.slice(0, length);
    return Object.keys(around).map((name) => writePath([...before, name]));
  }
  return [];
}

/** The same with something else at a place, `undefined` for nothing; `null` where there is none. */
export function withMember(value: Json, path: Path, next: Json | undefined): Json | null {
  const [step, ...rest] = path;
  if (step === undefined) return next ?? null;
  if (Array.isArray(value)) {
    const at = Number(step);
    if (!Number.isInteger(at) || at >= value.length) return null;
    const inner = changed(value[at], rest, next);
    if (inner === null) return null;
    return value.flatMap((one, index) => (index === at ? inner : [one]));
  }
  if (!isJsonObject(value)) return null;
  const name = String(step);
  if (!Object.hasOwn(value, name) && rest.length > 0) return null;
  const inner = changed(value[name], rest, next);
  if (inner === null) return null;
  const [only] = inner;
  const others = Object.entries(value).filter(([one]) => one !== name);
  if (only === undefined) return Object.fromEntries(others);
  if (!Object.hasOwn(value, name)) return { ...value, [name]: only };
  return Object.fromEntries(
    Object.entries(value).map(([one, old]) => [one, one === name ? only : old]),
  );
}

/** What stands there afterwards, as a list of one or none; `null` where the path leads nowhere. */
function changed(
  inside: Json | undefined,
  rest: Path,
  next: Json | undefined,
): readonly Json[] | null {
  if (rest.length === 0) return next === undefined ? [] : [next];
  if (inside === undefined) return null;
  const deeper = withMember(inside, rest, next);
  return deeper === null ? null : [deeper];
}
