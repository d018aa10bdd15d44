import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { faultyProxy, startS3, type S3Server } from '../fixtures/s3/index.ts';
import type { Settings } from './driver.ts';

/** Everywhere that a booth can bring things to, for those who look on. */
export interface Cloud {
  settings: Pick<Settings, 'cloud' | 'findme' | 'mail'>;
  /** To the bucket, for the crew to enter. */
  credentials: S3Server['credentials'];
  close(): Promise<void>;
}

/** So slow that photos are still on their way when they are looked at. */
const mostBytesPerSecond = 20_000;
// Where nobody answers: what is to go there waits for a network.
const nobody = { host: '127.0.0.1', port: 9 };

/** A bucket that does not take the first small picture that it is handed, a FindMe service and a mail server. */
export async function openCloud(): Promise<Cloud> {
  const folder = await makeFolder();
  const s3 = await startS3(folder);
  let refused: string | undefined;
  const proxy = await faultyProxy(s3.endpoint, ({ method, url }) => {
    if (method !== 'PUT' || !url.includes('/thumbnails/')) return undefined;
    refused ??= url;
    return url === refused ? { status: 400, code: 'InvalidRequest' } : undefined;
  });
  return {
    credentials: s3.credentials,
    settings: {
      cloud: { endpoint: proxy.endpoint, bucket: s3.bucket, usesPathStyle: true, mostBytesPerSecond },
      findme: { url: `http://${nobody.host}:${String(nobody.port)}` },
      mail: { ...nobody, security: 'none', from: 'Photos <photos@example.org>' },
    },
    close: async () => {
      await proxy.close();
      await s3.close();
      await removeFolder(folder);
    },
  };
}
