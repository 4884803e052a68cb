/**
 * A value as JSON that may stand in a script element and in JavaScript: no text in it can end the
 * element, open a comment in it, or break a line.
 */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (odd) => `\\u${odd.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
