/** Asks that wait for their reply. Each is settled once: by the reply, by its deadline, or because the line is gone. */
export interface PendingAsks {
  /** @returns the ask's id */
  add(onReply: (value: unknown) => void, onLate: () => void, onLost: () => void): number;
  reply(id: number, value: unknown): void;
  lose(): void;
}

interface Pending {
  timer: ReturnType<typeof setTimeout>;
  onReply: (value: unknown) => void;
  onLost: () => void;
}

export function createPendingAsks({ deadlineMs }: { deadlineMs: number }): PendingAsks {
  const pending = new Map<number, Pending>();
  let lastId = 0;

  function take(id: number): Pending | undefined {
    const ask = pending.get(id);
    pending.delete(id);
    clearTimeout(ask?.timer);
    return ask;
  }

  return {
    add: (onReply, onLate, onLost) => {
      lastId += 1;
      const id = lastId;
      const timer = setTimeout(() => {
        if (take(id) !== undefined) onLate();
      }, deadlineMs);
      pending.set(id, { timer, onReply, onLost });
      return id;
    },
    // A reply that comes after the deadline finds nobody.
    reply: (id, value) => take(id)?.onReply(value),
    lose: () => {
      for (const id of [...pending.keys()]) take(id)?.onLost();
    },
  };
}
