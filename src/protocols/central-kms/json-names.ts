/**
 * Whether an object in a JSON text has two members of one name. Of texts that are JSON; names are
 * compared as they are spelled, escapes undone.
 */
export function repeatsName(text: string): boolean {
  /** Names of each object that is open; `null`: an array. */
  const open: (Set<string> | null)[] = [];
  for (const [token, name] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (name !== undefined) {
      const names = open.at(-1);
      const spelled = String(JSON.parse(name));
      if (names?.has(spelled) === true) return true;
      names?.add(spelled);
    }
  }
  return false;
}

/** A name with its colon, another string, or a bracket. */
const tokens = /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g;
