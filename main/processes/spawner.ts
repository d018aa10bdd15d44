/** What to start: the name of an entry in the folder of built entries, and what it is told at the start. */
export interface ChildSpec {
  entry: string;
  /** Plain data; the child validates it against its own schema. */
  settings: unknown;
}

/** How a child ended. `killed`: we did it; `crashed`: anything else that is not a clean end. */
export interface Exit {
  kind: 'clean' | 'crashed' | 'killed';
  code: number | null;
  signal: string | null;
}

/** A running child, whichever way it was spawned. Messages posted before it listens are kept for it. */
export interface Child {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (exit: Exit) => void): void;
  /** Ends it at once (SIGKILL); `onExit` follows. */
  kill(): void;
}

export type Spawner = (spec: ChildSpec) => Child;

/** The typed exit for what the operating system said and whether the end was our own doing. */
export const exitOf = (code: number | null, signal: string | null, wasKilled: boolean): Exit => ({
  kind: wasKilled ? 'killed' : code === 0 ? 'clean' : 'crashed',
  code,
  signal,
});
