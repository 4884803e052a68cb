import { escapeHtml } from './escape.ts';

/** A page that opens from disk: everything it needs is in it. */
export interface Page {
  readonly title: string;
  /** CSS beside that of all pages. */
  readonly style?: string;
  /** HTML, escaped already. */
  readonly body: string;
  /** JavaScript, run once the body is there. */
  readonly script?: string;
}

/** The whole file. Nothing in it is fetched: its policy forbids that. */
export function page({ title, style = '', body, script }: Page): string {
  const policy =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${shared}${style}</style>
</head>
<body>
<main>
${body}
</main>
${script === undefined ? '' : `<script>${script.replaceAll('</script', '<\\/script')}</script>`}
</body>
</html>
`;
}

/** Colours keep 4.5:1 to their ground, light and dark; nothing is told by colour alone. */
const shared = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1b1f24; --faint: #57606a;
  --line: #d0d7de; --panel: #f6f8fa; --accent: #0550ae; --good: #116329; --bad: #a40e26;
  --odd: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; --faint: #9da7b3;
  --line: #3d444d; --panel: #161b22; --accent: #79c0ff; --good: #56d364; --bad: #ff8a80;
  --odd: #e3b341; } }
body { margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1200px; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .75rem .25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; }
code, pre { font: 13px/1.45 ui-monospace, monospace; } pre { overflow: auto; background: var(--panel);
  padding: .75rem; }
a { color: var(--accent); } figure { margin: 1rem 0; } figcaption { color: var(--faint); }
svg { max-width: 100%; height: auto; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;
