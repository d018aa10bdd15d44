import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { isMessage } from './message.ts';
import { skewMsOf } from './outcomes.ts';
import type { S3Settings } from './settings.ts';

export interface S3Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

/** undefined while there are none, or none can be read. Asked before each request: they may be changed at any time. */
export type CredentialsSource = () => S3Credentials | undefined | Promise<S3Credentials | undefined>;

/** What is sent, and how to check it. */
export interface Body {
  /** Where it fails, so does the request, with the same error. */
  stream: Readable;
  sizeBytes: number;
  /** 64 hexadecimal digits. */
  sha256: string;
}

/** How long nothing may happen, and how slow it may be. */
export interface Patience {
  connectMs: number;
  idleMs: number;
  /** A request that is slower as a whole is given up; 8,000 if not given. */
  leastBytesPerSecond?: number;
}

/** @param bytesPerSecond as slow as an object may be sent on purpose; undefined: as fast as it goes */
export function patienceFor(bytesPerSecond: number | undefined): Patience {
  if (bytesPerSecond === undefined) return standardPatience;
  // It is sent in pieces as they are read, and between two of them nothing happens.
  const pieceMs = (65_536 / bytesPerSecond) * 1000;
  return {
    connectMs: standardPatience.connectMs,
    idleMs: Math.max(standardPatience.idleMs, pieceMs),
    leastBytesPerSecond: Math.min(leastBytesPerSecond, bytesPerSecond),
  };
}

export interface Connection {
  /**
   * Sends one request, once: whether it is tried again is for others to say.
   *
   * @param options.body is over when the request is
   * @throws what the SDK or the body did; a TimeoutError; an AbortError where the signal cut it off
   */
  send<T>(
    request: (client: S3Client, options: { abortSignal: AbortSignal }) => Promise<T>,
    options?: { signal?: AbortSignal | undefined; body?: Body },
  ): Promise<T>;
  /** By how much this clock was ahead of the store's when it last answered, milliseconds. */
  skewMs(): number | undefined;
  /** What no detail and no log may have in it. */
  secrets(): string[];
  close(): void;
}

// It would warn each booth's owner of the runtime's Node.js, which comes with Electron, and which no owner can change.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const standardPatience: Patience = { connectMs: 5_000, idleMs: 30_000 };

// A server that sends a byte now and then keeps a connection busy for ever. Slower than this, no photo would arrive in any useful time.
const leastBytesPerSecond = 8_000;
const longestMs = (sizeBytes: number, atLeast = leastBytesPerSecond) => 60_000 + (sizeBytes / atLeast) * 1000;

// Stores close what they have not heard of for a while (Amazon: about five seconds), and who writes to a closed connection learns it from an error.
const keepsUnusedMs = 4_000;

export function createConnection(deps: {
  settings: S3Settings;
  credentials: CredentialsSource;
  patience?: Patience | undefined;
}): Connection {
  const { settings, patience = standardPatience } = deps;
  const agentOptions = { keepAlive: true, timeout: keepsUnusedMs };
  const agents = { httpAgent: new HttpAgent(agentOptions), httpsAgent: new HttpsAgent(agentOptions) };
  const hashes = new WeakMap<object, string>();
  let current: { credentials: S3Credentials; client: S3Client } | undefined;
  let skewMs: number | undefined;

  /** The SDK asks for credentials once and keeps those: others are another client's. */
  async function clientFor(): Promise<S3Client> {
    const credentials = await deps.credentials();
    if (credentials === undefined) throw named('CredentialsProviderError', 'there are no credentials');
    if (current === undefined || !isSame(current.credentials, credentials)) {
      current = { credentials, client: createClient(credentials) };
    }
    return current.client;
  }

  function createClient({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials): S3Client {
    const isWhereSupported = settings.checksums === 'when-supported';
    const client = new S3Client({
      ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
      region: settings.region,
      forcePathStyle: settings.usesPathStyle,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      maxAttempts: 1,
      // It would say on the console what the outcome says, and with more words than anybody is to read.
      logger: { debug: nothing, info: nothing, warn: nothing, error: nothing },
      requestChecksumCalculation: isWhereSupported ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // With it each upload has a connection of its own.
      expectContinueHeader: false,
      requestHandler: { ...agents, connectionTimeout: patience.connectMs, socketTimeout: patience.idleMs },
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (isMessage(answer.response)) skewMs = skewMsOf(answer.response.headers, Date.now()) ?? skewMs;
        return answer;
      },
      // Next to the wire, so that it sees answers that are turned into errors, too.
      { step: 'deserialize', priority: 'low', name: 'whatTimeTheyHave' },
    );
    client.middlewareStack.add(
      (next) => (args) => {
        // Signed with the rest: whatever checksums a store knows, it takes nothing else than what was meant.
        const { request } = args;
        const sha256 = isMessage(request) && request.body instanceof Readable ? hashes.get(request.body) : undefined;
        if (isMessage(request) && sha256 !== undefined) request.headers['x-amz-content-sha256'] = sha256;
        return next(args);
      },
      { step: 'build', name: 'whatTheBodyHashesTo' },
    );
    client.middlewareStack.add(
      (next) => (args) => {
        const { request } = args;
        if (isMessage(request) && typeof request.body === 'string') wantMd5(request.headers, request.body);
        return next(args);
      },
      // After the SDK has said its own checksum, and before it is signed.
      { step: 'build', priority: 'low', name: 'md5OfWhatIsWritten' },
    );
    return client;
  }

  return {
    send: async (request, { signal, body } = {}) => {
      const stop = new AbortController();
      const cutOff = () => stop.abort(named('AbortError', 'cut off'));
      // The SDK pipes it, and a pipe knows nothing of errors.
      body?.stream.on('error', (error) => stop.abort(error));
      if (body !== undefined) hashes.set(body.stream, body.sha256);
      const tooLong = setTimeout(
        () => stop.abort(named('TimeoutError', 'no end of it in any useful time')),
        longestMs(body?.sizeBytes ?? 0, patience.leastBytesPerSecond),
      );
      const stopped = new Promise<never>((_, reject) => {
        stop.signal.addEventListener('abort', () => reject(reasonOf(stop.signal)), { once: true });
      });
      signal?.addEventListener('abort', cutOff, { once: true });
      if (signal?.aborted === true) cutOff();
      try {
        const sent = clientFor().then((client) => request(client, { abortSignal: stop.signal }));
        return await Promise.race([stopped, sent]);
      } finally {
        clearTimeout(tooLong);
        signal?.removeEventListener('abort', cutOff);
        body?.stream.destroy();
      }
    },
    skewMs: () => skewMs,
    secrets: () => {
      const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = current?.credentials ?? {};
      return [accessKeyId, secretAccessKey, sessionToken];
    },
    close: () => {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    },
  };
}

/**
 * Content-MD5 in the place of the checksum that the SDK says of what is written about a bucket, where every store wants one: Ceph before its 18th version
 * and older MinIOs know only this one, and those that know others still take it.
 */
function wantMd5(headers: Record<string, string>, body: string): void {
  if (!('x-amz-sdk-checksum-algorithm' in headers)) return;
  for (const name of Object.keys(headers)) {
    if (/^x-amz-(sdk-)?checksum-/.test(name)) Reflect.deleteProperty(headers, name);
  }
  headers['content-md5'] = createHash('md5').update(body).digest('base64');
}

const nothing = (): void => undefined;

const isSame = (a: S3Credentials, b: S3Credentials): boolean =>
  a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey && a.sessionToken === b.sessionToken;

const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

const reasonOf = ({ reason }: AbortSignal): Error => (reason instanceof Error ? reason : new Error(String(reason)));
