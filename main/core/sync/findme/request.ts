import type { CloudOutcome } from '../storage.ts';
import type { FindmeRequest } from './mapping.ts';
import { outcomeOfError, type Failed } from './outcomes.ts';

/** What a service has answered. */
export interface Reply {
  status: number;
  headers: Headers;
  /** undefined for what is no JSON. */
  json: unknown;
}

const longestReplyBytes = 64 * 1024;
// Slower than this no selfie would arrive in any useful time.
const longestMs = (sizeBytes: number) => 60_000 + Math.ceil(sizeBytes / 8);

/**
 * Makes a request, once. Nobody is followed elsewhere, and no answer is read that is longer than any can be.
 *
 * @param deps.url of the service
 * @param deps.wholeMs how long it may take, in the place of what follows from its size
 * @returns findme.unreachable where nobody has answered
 */
export async function ask(
  request: FindmeRequest,
  deps: { url: string; token: string; signal: AbortSignal; wholeMs: number | undefined },
): Promise<Reply | Failed> {
  const { url, token, signal, wholeMs = longestMs(request.sizeBytes) } = deps;
  const { method, path, body, contentType, idempotencyKey } = request;
  try {
    const response = await fetch(url.replace(/\/+$/, '') + path, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'idempotency-key': idempotencyKey,
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(wholeMs)]),
    });
    const { status, headers } = response;
    return { status, headers, json: jsonOf(await textOf(response)) };
  } catch (error) {
    return outcomeOfError(error, token);
  }
}

export const isReply = (answer: Reply | CloudOutcome): answer is Reply => 'status' in answer;

async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  const arriving: AsyncIterable<Uint8Array> | [] = body ?? [];
  for await (const piece of arriving) {
    sizeBytes += piece.byteLength;
    // Leaving the loop ends the connection.
    if (sizeBytes > longestReplyBytes) break;
    pieces.push(piece);
  }
  return sizeBytes > longestReplyBytes ? '' : Buffer.concat(pieces).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
