import { hostMessageSchema, type HostLine, type HostRequest } from './host.ts';

/** The system's key store, asked for over the line to shell, which alone may use it. Base 64. */
export interface HostSecrets {
  /** @returns undefined where there is no key store that is worth the name */
  wrap(secret: string): Promise<string | undefined>;
  /** @returns undefined for what it does not give back */
  unwrap(wrapped: string): Promise<string | undefined>;
}

export function createHostSecrets(line: HostLine): HostSecrets {
  const waiting = new Map<number, (value: string | undefined) => void>();
  let lastId = 0;

  line.on('message', ({ data }) => {
    const message = hostMessageSchema.safeParse(data);
    if (!message.success || message.data.type !== 'host:secret') return;
    waiting.get(message.data.id)?.(message.data.value);
    waiting.delete(message.data.id);
  });

  const ask = (type: 'host:wrap' | 'host:unwrap', value: string) =>
    new Promise<string | undefined>((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      line.postMessage({ type, id: lastId, value } satisfies HostRequest);
    });

  return { wrap: (secret) => ask('host:wrap', secret), unwrap: (wrapped) => ask('host:unwrap', wrapped) };
}
