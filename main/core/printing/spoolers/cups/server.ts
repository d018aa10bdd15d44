import { existsSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:http';

const usualSocket = '/run/cups/cups.sock';
const usualPort = 631;

// As many connections at once: CUPS takes a hundred of everybody.
const mostConnections = 4;
const largestAnswerBytes = 4 * 1024 * 1024;

/** Where a CUPS listens. */
export type CupsAddress = { socketPath: string } | { host: string; port: number };

/**
 * @param named as in the variable CUPS_SERVER (cups(1)): a Unix socket's path, or a host with or without a port; undefined where it is not set
 * @returns where it is not named, this machine's own
 */
export function cupsAddress(named: string | undefined): CupsAddress {
  if (named === undefined || named === '')
    return existsSync(usualSocket) ? { socketPath: usualSocket } : { host: 'localhost', port: usualPort };
  if (named.startsWith('/')) return { socketPath: named };
  // Also `[::1]:631`, and `host:631/version=1.1`.
  const match = /^(?:\[([^\]]+)\]|([^:/]+))(?::(\d+))?(?:\/.*)?$/.exec(named);
  return { host: match?.at(1) ?? match?.at(2) ?? named, port: Number(match?.at(3) ?? usualPort) };
}

/** The same as CUPS' own programs read it from CUPS_SERVER. */
export function addressForPrograms(address: CupsAddress): string {
  if ('socketPath' in address) return address.socketPath;
  const { host, port } = address;
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** What a server has answered. */
export interface HttpAnswer {
  httpStatus: number;
  body: Buffer;
}

export interface CupsServer {
  /**
   * Posts a message of IPP.
   *
   * @param authorization a header of that name
   * @throws where there is no server, it does not answer in time, or hangs up
   */
  post(path: string, message: Buffer, authorization?: string): Promise<HttpAnswer>;
  /** A file of the server's. @throws as `post` does */
  get(path: string): Promise<HttpAnswer>;
}

/** @param deadlineMs for a whole answer, from when it is asked for */
export function createCupsServer(address: () => CupsAddress, deadlineMs: number): CupsServer {
  // Each answer has a connection of its own: cupsd ends idle ones when it likes, and what was asked on one would be lost.
  const agent = new Agent({ keepAlive: false, maxSockets: mostConnections });
  return {
    post: (path, message, authorization) => {
      const headers = {
        'content-type': 'application/ipp',
        'content-length': message.length,
        ...(authorization === undefined ? {} : { authorization }),
      };
      return ask({ path, method: 'POST', headers }, message);
    },
    get: (path) => ask({ path, method: 'GET' }),
  };

  function ask(options: RequestOptions, message?: Buffer): Promise<HttpAnswer> {
    return new Promise((answered, failed) => {
      const signal = AbortSignal.timeout(deadlineMs);
      const asked = request({ ...address(), agent, signal, ...options }, (response) => {
        const parts: Buffer[] = [];
        let sizeBytes = 0;
        response.on('data', (part: Buffer) => {
          parts.push(part);
          sizeBytes += part.length;
          if (sizeBytes > largestAnswerBytes) response.destroy(new Error('it answers without an end'));
        });
        response.on('end', () => answered({ httpStatus: response.statusCode ?? 0, body: Buffer.concat(parts) }));
        response.on('error', failed);
      });
      asked.on('error', failed);
      asked.end(message);
    });
  }
}
