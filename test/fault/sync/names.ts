import dns from 'node:dns';

/** What this process knows of names. */
export interface Names {
  isDown: boolean;
  /** How often a name was asked for, whether or not it was found: once for each connection. */
  asked(): number;
}

/** From now on each name leads to this machine, or to nowhere. */
export function takeNames(): Names {
  let asked = 0;
  const lookup = (
    hostname: string,
    { all }: dns.LookupOptions,
    tell: (error: Error | null, address?: unknown, family?: number) => void,
  ): void => {
    asked += 1;
    const code = asked % 2 === 0 ? 'ENOTFOUND' : 'EAI_AGAIN';
    const found = { address: '127.0.0.1', family: 4 };
    process.nextTick(() => {
      if (names.isDown) tell(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code }));
      else if (all === true) tell(null, [found]);
      else tell(null, found.address, found.family);
    });
  };
  Object.assign(dns, { lookup });
  const names: Names = { isDown: false, asked: () => asked };
  return names;
}
