/** What a server does for one client, beside the others. Times are ms since the session began. */
export interface Seat {
  /** The client has said something: it may have to wait until others have gone. */
  asks(): void;
  /** The server has said these messages to it. */
  served(messages: readonly (string | null)[], atMs: number): void;
  /** True where an answer awaited since `askedMs` is late, for which `limitMs` is long enough. */
  isLate(nowMs: number, askedMs: number, limitMs: number): boolean;
  /** True where nothing was said to it because the server was at another one. */
  readonly isKeptWaiting: boolean;
  leave(nowMs: number): void;
}

/** Whom a server has turned to. */
export interface Turn {
  /** Somebody has come. @param beganMs - when, by a clock that all have in common */
  seat(session: number, beganMs: number): Seat;
}

/**
 * Whom the server of a proxy has turned to. It may still be busy with what it did last, in
 * whichever session; and one that serves one client at a time keeps the next one waiting, or
 * refuses him. One that was seen to serve several is believed to do so.
 *
 * @param replyMsAfter - how long the server may be busy behind a message, ms
 */
export function turnOf(replyMsAfter: Readonly<Record<string, number>>): Turn {
  /** Who is there, the first to come first. */
  const present = new Set<number>();
  let busyUntilMs = 0;
  let freeSinceMs = 0;
  let servesSeveral = false;
  const isElsewhere = (session: number) => {
    const [first] = present;
    return first !== undefined && first !== session;
  };
  return {
    seat(session, beganMs) {
      let isServed = false;
      let wasKept = false;
      present.add(session);
      const keeps = () => !isServed && !servesSeveral && isElsewhere(session);
      return {
        asks() {
          wasKept ||= keeps();
        },
        served(messages, atMs) {
          servesSeveral ||= isElsewhere(session);
          isServed = true;
          wasKept = false;
          const longest = messages.map((message) => replyMsAfter[message ?? ''] ?? 0);
          busyUntilMs = Math.max(busyUntilMs, ...longest.map((ms) => beganMs + atMs + ms));
        },
        isLate(nowMs, askedMs, limitMs) {
          if (keeps()) return false;
          const sinceMs = Math.max(beganMs + askedMs, wasKept ? freeSinceMs : 0);
          if (beganMs + nowMs < Math.max(sinceMs + limitMs, busyUntilMs)) return false;
          wasKept = false;
          return true;
        },
        get isKeptWaiting() {
          return wasKept;
        },
        leave(nowMs) {
          present.delete(session);
          freeSinceMs = beganMs + nowMs;
        },
      };
    },
  };
}
