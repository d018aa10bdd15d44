import type { FaultCode } from '../../../preload/index.ts';

/** What is to lie in the cloud under a key. */
export interface StoredObject {
  /** `events/EVENT/photos/SHA256.jpg`, say: docs/cloud.md. */
  key: string;
  content: { file: string } | { bytes: Uint8Array };
  /** Of the content, 64 hexadecimal digits. */
  sha256: string;
  contentType: string;
  /**
   * `once`: named by its content, and never another: one that is there already is the same. `latest`: takes the place of what is there.
   */
  keeps: 'once' | 'latest';
  /** What whoever reads it is told of how long it may be kept, as HTTP has it. */
  cacheControl?: string;
  /** How the content is packed, likewise. */
  contentEncoding?: string;
}

/** What became of a request to the cloud. */
export type CloudOutcome =
  | { at: 'done' }
  /** It is not for us to mend: the network, the server's load, its clock. Later, perhaps. */
  | { at: 'later'; code: CloudFault; detail: string; afterMs?: number }
  /** Trying again is of no use until somebody has seen to it: credentials, a bucket that there is not. */
  | { at: 'refused'; code: CloudFault; detail: string };

export type CloudFault = Extract<FaultCode, `${'cloud' | 'mail' | 'findme'}.${string}`>;

/** Waits until so many bytes may be sent: whoever sends asks before each piece. Throws what the signal is cut off with. */
export type Pace = (bytes: number) => Promise<void>;

/** A bucket, whoever's it is. */
export interface Storage {
  /**
   * Puts an object there; what was begun and cut off goes on where it was.
   *
   * @param signal cuts it off
   * @param pace where the line is to be left to others, too; what is sent without it being asked is waited for afterwards
   */
  put(object: StoredObject, signal?: AbortSignal, pace?: Pace): Promise<CloudOutcome>;
  /** One that is not there is done, too. */
  remove(key: string): Promise<CloudOutcome>;
  /**
   * Sees to it that the bucket itself lets go of whatever lies under a prefix, so many days after it was written. Rules of others stay as they are.
   *
   * @returns cloud.no-expiry where it has no such rule, and takes none from us
   */
  expire(prefix: string, days: number): Promise<CloudOutcome>;
  /** Whether the bucket can be reached and written to. */
  check(): Promise<CloudOutcome>;
}
