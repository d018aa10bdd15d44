import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate } from 'selfsigned';
import {
  faultyProxy,
  type Certificate,
  type LineMood,
  type NetworkFault,
  type ProxiedRequest,
  type S3Server,
} from '../../fixtures/s3/index.ts';

/** What is to happen to a request. */
export interface Armed {
  fault: NetworkFault;
  /** Whether it is one like this. */
  takes: (request: ProxiedRequest) => boolean;
}

/** The line between a booth and its cloud, with TLS. */
export interface Line {
  /** Of a name that leads nowhere but where the booth is told that it does. */
  endpoint: string;
  /** That the booth has to trust. */
  certificateFile: string;
  setMood(mood: LineMood): Promise<void>;
  /** Each happens once, to the first request that it takes. */
  arm(faults: readonly Armed[]): void;
  /** That have not happened yet. */
  armed(): number;
  /** Requests that were of uploads in parts. */
  parts(): number;
  /** Requests from a clock that the store does not take. */
  skewed(): number;
  /** Whoever is killed now may not have heard what it has asked for of late. */
  isKilled(): void;
  /** Uploads in parts of which the booth may not have heard that they were begun. */
  unheard(): number;
  close(): Promise<void>;
}

export const isOfPart = ({ url }: ProxiedRequest): boolean => /[?&](uploads|uploadId)\b/.test(url);

const name = 's3.findme.internal';
const mostSkewMs = 15 * 60_000;
const lateMs = 2_000;

/** @param dir where the certificate is kept */
export async function lineTo(s3: Pick<S3Server, 'endpoint'>, dir: string): Promise<Line> {
  const [own, strangers] = await Promise.all([certificate(), certificate()]);
  const certificateFile = path.join(dir, 'certificate.pem');
  await writeFile(certificateFile, own.cert);
  let armed: Armed[] = [];
  let begun: number[] = [];
  let [parts, skewed, unheard] = [0, 0, 0];

  function faultFor(request: ProxiedRequest): NetworkFault | undefined {
    const skewMs = Date.now() - Date.parse(request.signedAt);
    if (Math.abs(skewMs) > mostSkewMs) skewed += 1;
    if (isOfPart(request)) parts += 1;
    const next = armed.find(({ takes }) => takes(request));
    armed = armed.filter((one) => one !== next);
    if (request.method === 'POST' && /[?&]uploads\b/.test(request.url)) {
      if (next === undefined) begun.push(performance.now());
      else unheard += 1;
    }
    return next?.fault;
  }

  function isKilled(): void {
    unheard += begun.filter((atMs) => atMs > performance.now() - lateMs).length;
    begun = [];
  }

  const proxy = await faultyProxy(s3.endpoint, faultFor, { own, strangers });
  return {
    endpoint: proxy.endpoint.replace('127.0.0.1', name),
    certificateFile,
    setMood: (mood) => {
      isKilled();
      return proxy.setMood(mood);
    },
    arm: (faults) => void armed.push(...faults),
    armed: () => armed.length,
    parts: () => parts,
    skewed: () => skewed,
    isKilled,
    unheard: () => unheard,
    close: () => proxy.close(),
  };
}

async function certificate(): Promise<Certificate> {
  const extensions = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: name }] }];
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], { keySize: 2048, extensions });
  return { cert, key };
}
