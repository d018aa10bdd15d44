/** Of something that there is so much of: sockets, streams, codes that are looked up. No address has more than its share. */
export interface Shares {
  /** @returns how to give it back, once; undefined where the address has its share, or there is no more */
  take(address: string): (() => void) | undefined;
  /** How many are taken. */
  readonly taken: () => number;
}

export function createShares(limits: { perAddress: number; inAll: number }): Shares {
  const counts = new Map<string, number>();
  let all = 0;
  return {
    take: (address) => {
      const own = counts.get(address) ?? 0;
      if (own >= limits.perAddress || all >= limits.inAll) return undefined;
      counts.set(address, own + 1);
      all += 1;
      return () => {
        all -= 1;
        const left = (counts.get(address) ?? 1) - 1;
        if (left === 0) counts.delete(address);
        else counts.set(address, left);
      };
    },
    taken: () => all,
  };
}
