/** A token bucket (Turner 1986; RFC 2697 describes one): so many bytes a second, and at most so many at once after a silence. */
export interface TokenBucket {
  bytesPerSecond: number;
  burstBytes: number;
  /** Below zero where more was taken than there was: whoever comes next waits for it. */
  tokens: number;
  /** When that was so, milliseconds of the monotonic clock. */
  atMs: number;
}

/** A tenth of a second's worth, but at least what is read from a file at once. */
export const newTokenBucket = (bytesPerSecond: number, nowMs: number): TokenBucket => {
  const burstBytes = Math.max(bytesPerSecond / 10, 65_536);
  return { bytesPerSecond, burstBytes, tokens: burstBytes, atMs: nowMs };
};

/**
 * Takes bytes, more than there are if need be.
 *
 * @returns the bucket from now on, and after how long the bytes may be sent, milliseconds
 */
export function takeTokens(bucket: TokenBucket, bytes: number, nowMs: number): { bucket: TokenBucket; waitMs: number } {
  const { bytesPerSecond, burstBytes } = bucket;
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  const filled = Math.min(burstBytes, bucket.tokens + (elapsedMs * bytesPerSecond) / 1000);
  const tokens = filled - bytes;
  return {
    bucket: { ...bucket, tokens, atMs: Math.max(nowMs, bucket.atMs) },
    waitMs: tokens >= 0 ? 0 : (-tokens / bytesPerSecond) * 1000,
  };
}
