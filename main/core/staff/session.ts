/** One window's session: from the right PIN until nobody has touched the window for a while. */
export interface Session {
  begin(): void;
  /** Somebody is there. @returns false where there is no session */
  touch(): boolean;
  isOpen(): boolean;
  end(): void;
}

export function createSession({ idleMs, onExpired }: { idleMs: number; onExpired: () => void }): Session {
  let timer: NodeJS.Timeout | undefined;

  function restart(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      onExpired();
    }, idleMs).unref();
  }

  return {
    begin: restart,
    touch: () => {
      if (timer === undefined) return false;
      restart();
      return true;
    },
    isOpen: () => timer !== undefined,
    end: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
