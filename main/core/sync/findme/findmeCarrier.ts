import type { Fault } from '../../../../preload/index.ts';
import type { Config } from '../../config/index.ts';
import type { OutboxRow } from '../../store/index.ts';
import type { Carried, Carrier } from '../carrier.ts';
import { isSecureUrl } from '../ownNetwork.ts';
import type { CloudOutcome, Pace } from '../storage.ts';
import {
  externalIdOf,
  guestIn,
  question,
  registration,
  removal,
  removalByExternalId,
  selfieUpload,
  type FindmeRequest,
  type ServiceGuest,
} from './mapping.ts';
import { outcomeOfStatus, type Failed } from './outcomes.ts';
import type { FindmeRecords, KnownGuest } from './records.ts';
import { ask, isReply, type Reply } from './request.ts';

/** Of a row it needs to know no more. */
type FindmeRow = Pick<OutboxRow, 'eventUid' | 'subject' | 'does'> & { kind: string };

export interface FindmeCarrier extends Carrier {
  /**
   * @param row.kind `guest`, or `selfie`, which goes after its guest
   * @param row.subject the visit
   */
  carry(row: FindmeRow, signal: AbortSignal, pace: Pace): Promise<Carried>;
}

const done: CloudOutcome = { at: 'done' };

/**
 * Tells a FindMe web service of guests: that there is one, the selfie with what was found, and that the guest was erased.
 *
 * @param deps.token asked before each request
 * @param deps.wholeMs how long a request may take, in the place of what follows from its size
 */
export function createFindmeCarrier(deps: {
  settings: NonNullable<Config['findme']>;
  token: () => string | undefined;
  records: FindmeRecords;
  wholeMs?: number;
}): FindmeCarrier {
  const { records, wholeMs } = deps;
  const { url } = deps.settings;
  const closing = new AbortController();

  async function send(request: FindmeRequest, signal?: AbortSignal): Promise<Reply | Failed> {
    // Not a word leaves this machine.
    if (!isSecureUrl(url)) return { at: 'refused', code: 'findme.insecure', detail: url };
    const token = deps.token();
    if (token === undefined) return { at: 'refused', code: 'findme.not-allowed', detail: 'there is no token' };
    const signals = [closing.signal, ...(signal === undefined ? [] : [signal])];
    return ask(request, { url, token, signal: AbortSignal.any(signals), wholeMs });
  }

  /** What was made before (409) is as good as made now, where the service says whose it is. */
  async function sendOf(request: FindmeRequest, signal: AbortSignal): Promise<ServiceGuest | Failed> {
    const reply = await send(request, signal);
    if (!isReply(reply)) return reply;
    const { status, headers, json } = reply;
    const guest = guestIn(json);
    const isDone = status === 200 || status === 201;
    if ((isDone || status === 409) && guest !== undefined) return guest;
    return isDone && json !== undefined
      ? { at: 'later', code: 'findme.failed', detail: 'an answer that names no guest' }
      : outcomeOfStatus(status, headers);
  }

  async function register(visitId: string, eventUid: string, signal: AbortSignal): Promise<CloudOutcome> {
    const guest = records.guestOf(visitId);
    if (!guest.ok) return outcomeOfFault(guest.fault);
    if (guest.value === undefined) return done;
    const known = records.knownOf(visitId);
    if (!known.ok) return outcomeOfFault(known.fault);
    const { externalId } = guest.value;
    if (known.value === undefined) {
      // Before anything is sent: where the answer is lost, the service has to be told of an erasure all the same.
      const begun = records.putKnown(visitId, eventUid, { externalId });
      if (!begun.ok) return outcomeOfFault(begun.fault);
    }
    const answer = await sendOf(registration(guest.value), signal);
    if ('at' in answer) return answer;
    const { guestId, uploadToken } = answer;
    const kept = records.putKnown(visitId, eventUid, {
      externalId,
      guestId,
      ...(uploadToken === undefined ? {} : { uploadToken }),
    });
    return kept.ok ? done : outcomeOfFault(kept.fault);
  }

  async function remove(visitId: string, signal: AbortSignal): Promise<CloudOutcome> {
    const known = records.knownOf(visitId);
    // By what name the service knows the guest may have gone with a key; that of ours is made anew.
    const isUnreadable = !known.ok && known.fault.code === 'cloud.content-missing';
    if (!known.ok && !isUnreadable) return outcomeOfFault(known.fault);
    const guest: Partial<KnownGuest> | undefined = known.ok ? known.value : {};
    if (guest === undefined) return done;
    const { externalId = externalIdOf(visitId), guestId } = guest;
    const reply = await send(guestId === undefined ? removalByExternalId(externalId) : removal(guestId), signal);
    if (!isReply(reply)) return reply;
    if (!isGone(reply)) return outcomeOfStatus(reply.status, reply.headers);
    const forgotten = records.removeKnown(visitId);
    return forgotten.ok ? done : outcomeOfFault(forgotten.fault);
  }

  async function upload(visitId: string, signal: AbortSignal, pace: Pace): Promise<CloudOutcome> {
    const selfie = records.selfieOf(visitId);
    if (!selfie.ok) return outcomeOfFault(selfie.fault);
    if (selfie.value === undefined) return done;
    const known = records.knownOf(visitId);
    if (!known.ok) return outcomeOfFault(known.fault);
    const { guestId, uploadToken } = known.value ?? {};
    if (guestId === undefined) return { at: 'later', code: 'findme.failed', detail: 'the guest is not registered yet' };
    const request = selfieUpload({ guestId, uploadToken }, selfie.value);
    await pace(request.sizeBytes);
    const answer = await sendOf(request, signal);
    if ('at' in answer) return answer;
    if (answer.guestId !== guestId) {
      return { at: 'later', code: 'findme.failed', detail: 'an answer that names another guest' };
    }
    return forgetSelfie(visitId);
  }

  function forgetSelfie(visitId: string): CloudOutcome {
    const removed = records.removeSelfie(visitId);
    return removed.ok ? done : outcomeOfFault(removed.fault);
  }

  async function outcomeOf(row: FindmeRow, signal: AbortSignal, pace: Pace): Promise<CloudOutcome> {
    const { kind, subject, does, eventUid } = row;
    // With the guest the service forgets the selfie.
    if (kind === 'selfie') return does === 'put' ? upload(subject, signal, pace) : forgetSelfie(subject);
    return does === 'put' ? register(subject, eventUid, signal) : remove(subject, signal);
  }

  return {
    carry: async (row, signal, pace) => ({ outcome: await outcomeOf(row, signal, pace) }),
    check: async () => {
      const reply = await send(question());
      if (!isReply(reply)) return reply;
      return isGone(reply) ? done : outcomeOfStatus(reply.status, reply.headers);
    },
    close: () => closing.abort(),
  };
}

/** There is nothing of the guest, whether or not there was. Somebody else says 200 or 404, too, in words for people. */
const isGone = ({ status, headers }: Reply): boolean =>
  [200, 204, 404, 410].includes(status) && /^(application\/(.+\+)?json\b|$)/.test(headers.get('content-type') ?? '');

function outcomeOfFault({ code, detail = '' }: Fault): Failed {
  if (code === 'cloud.keys-away') return { at: 'later', code, detail };
  if (code === 'cloud.content-missing') return { at: 'refused', code, detail };
  // The library cannot be written, say.
  return { at: 'later', code: 'findme.failed', detail: detail === '' ? code : `${code} ${detail}` };
}
