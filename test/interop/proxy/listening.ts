import { rememberedScreen } from '../../cli/screen.ts';
import { guarded } from '#src/cli/guarded.ts';

/** A proxy on a free port of loopback, which ends behind one session. */
export interface Between {
  readonly port: Promise<number>;
  /** Its exit code. */
  readonly over: Promise<number>;
  /** What its screen shows. */
  text(): string;
}

/** Starts the proxy within this process; `args` say to whom it passes on, and how. */
export function between(args: readonly string[]): Between {
  const found = Promise.withResolvers<number>();
  let text = '';
  const out = (said: string) => {
    text += said;
    const [, port] = /listening on [^ ]*127\.0\.0\.1:(\d+)/.exec(text) ?? [];
    if (port !== undefined) found.resolve(Number(port));
  };
  const screen = { ...rememberedScreen(), out, err: out };
  const over = guarded(['proxy', '--sessions', '1', '--verbose', ...args], screen);
  return { port: found.promise, over, text: () => text };
}
