// Requests as nobody's browser makes them: bytes, over sockets that come from an address of one's choice.
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';

/** What came back on a socket. */
export interface Answer {
  /** 0 where the socket was closed without one. */
  status: number;
  headers: ReadonlyMap<string, string>;
  body: string;
  ms: number;
  /** Whether the server has closed the socket. */
  isClosed: boolean;
}

export interface Asking {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

const patienceMs = 10_000;

/** The bytes of a request. */
export function requestOf({ method = 'GET', path, headers = {}, body }: Asking): Buffer {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const all = { host: 'booth', connection: 'close', ...length, ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'),
    Buffer.from(body ?? ''),
  ]);
}

export const jsonOf = (path: string, body: unknown): Asking => ({
  ...{ method: 'POST', path, headers: { 'content-type': 'application/json' } },
  body: JSON.stringify(body),
});

/** A phone, or whoever passes for one, at an address of this machine's. */
export interface Wire {
  open(): Socket;
  /** The line below it, which says nothing by itself: without TLS the same. */
  openBare(): Socket;
  ask(asking: Asking): Promise<Answer>;
  /**
   * Bytes, and what they are answered with.
   *
   * @param options.send goes on sending until it is done or the socket has gone
   * @param options.isEnough what has come so far is all that is wanted
   */
  exchange(
    bytes: Buffer | string,
    options?: { patienceMs?: number; send?: (socket: Socket) => Promise<void>; isEnough?: (text: string) => boolean },
  ): Promise<Answer>;
}

/** Where a server is, and what it speaks. */
export interface Port {
  port: number;
  isSecure: boolean;
}

/**
 * @param from the address of either family from which its sockets come, and to whose loopback they go
 * @param onAnswer sees every answer
 */
export function createWire(from: string, { port, isSecure }: Port, onAnswer: (answer: Answer) => void): Wire {
  const openBare = () => {
    const socket = connect({ port, host: from.includes(':') ? '::1' : '127.0.0.1', localAddress: from });
    // The server may close it at any time, and in the midst of what is sent.
    return socket.on('error', () => undefined);
  };
  const open = () => {
    if (!isSecure) return openBare();
    // Nobody has signed the certificate.
    return secure({ socket: openBare(), rejectUnauthorized: false }).on('error', () => undefined);
  };

  const exchange: Wire['exchange'] = (bytes, options = {}) => {
    const socket = open();
    const startMs = performance.now();
    const parts: Buffer[] = [];
    return new Promise((resolve) => {
      const timer = setTimeout(() => done(false), options.patienceMs ?? patienceMs);
      function done(isClosed: boolean): void {
        clearTimeout(timer);
        socket.destroy();
        const answer = answerIn(Buffer.concat(parts), performance.now() - startMs, isClosed);
        if (answer.status > 0) onAnswer(answer);
        resolve(answer);
      }
      socket.on('data', (part: Buffer) => {
        parts.push(part);
        if (options.isEnough?.(Buffer.concat(parts).toString('latin1')) === true) done(false);
      });
      socket.once('close', () => done(true));
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        socket.write(bytes);
        void options.send?.(socket);
      });
    });
  };

  return { open, openBare, exchange, ask: (asking) => exchange(requestOf(asking)) };
}

function answerIn(bytes: Buffer, ms: number, isClosed: boolean): Answer {
  const text = bytes.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return {
    ...{ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers: new Map(headers), ms, isClosed },
    body: bytes.subarray(end + 4).toString('utf8'),
  };
}
