import multicastDns from 'multicast-dns';

/** The name that this machine has in its network without anybody's having set one up: mDNS (RFC 6762). */
export interface LocalName {
  stop(): void;
}

const lifetimeS = 120;
// What phones ask for when they want an address.
const addressTypes: ReadonlySet<string> = new Set(['A', 'ANY']);

/**
 * Answers whoever asks for `NAME.local`.
 *
 * @param address as it is now; undefined: nothing is answered
 * @param onFailed where the network does not allow it: phones have the address all the same
 */
export function answerLocalName(
  name: string,
  address: () => string | undefined,
  onFailed: (error: Error) => void,
): LocalName {
  const host = `${name}.local`;
  const mdns = multicastDns();
  mdns.on('error', onFailed);
  mdns.on('warning', () => undefined);
  mdns.on('query', ({ questions = [] }) => {
    const data = address();
    const isAsked = questions.some(({ name: asked, type }) => asked.toLowerCase() === host && addressTypes.has(type));
    if (isAsked && data !== undefined) mdns.respond([{ name: host, type: 'A', ttl: lifetimeS, data }]);
  });
  return { stop: () => mdns.destroy() };
}
