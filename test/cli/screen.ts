import type { Screen } from '#src/cli/screen.ts';

/** A screen that remembers what was written. */
export function rememberedScreen(): Screen & { stdout: string; stderr: string } {
  const screen = {
    stdout: '',
    stderr: '',
    out: (text: string) => void (screen.stdout += text),
    err: (text: string) => void (screen.stderr += text),
    live: false,
    colour: false,
    columns: 100,
    signal: new AbortController().signal,
  };
  return screen;
}

/** A screen at which somebody presses Ctrl-C as soon as there is something to read. */
export function interruptedScreen(): Screen {
  const controller = new AbortController();
  return {
    ...rememberedScreen(),
    out: () => controller.abort(),
    err: () => {},
    signal: controller.signal,
  };
}
