import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivativeKey, keyOf, photoKey } from '../../main/core/sync/keys.ts';
import { isPrivateHost } from '../../main/core/sync/ownNetwork.ts';
import { ContentFault } from '../../main/core/sync/s3/content.ts';
import { partBytesOf } from '../../main/core/sync/s3/multipart.ts';
import { outcomeOf } from '../../main/core/sync/s3/outcomes.ts';
import { isSecure, s3SettingsSchema } from '../../main/core/sync/s3/settings.ts';

const now = Date.parse('2026-06-12T21:00:00Z');

/** As the SDK throws what a store has answered. */
const answered = (name: string, status: number, headers: Record<string, string> = {}, message = name) =>
  Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode: status, attempts: 1 },
    $response: { statusCode: status, headers },
  });

/** As Node throws what became of a connection. */
const broken = (code: string, message = `connect ${code} 203.0.113.7:443`) =>
  Object.assign(new Error(message), { code, errno: -1, syscall: 'connect' });

const named = (name: string, message = name) => Object.assign(new Error(message), { name });

describe('an error on the way to the cloud', () => {
  it.each([
    ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH'].map((code) =>
      broken(code),
    ),
    ...['ENETUNREACH', 'ENETDOWN', 'ECONNABORTED', 'EPROTO', 'EADDRNOTAVAIL'].map((code) => broken(code)),
    ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'].map((code) =>
      broken(code),
    ),
    ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER', 'SELF_SIGNED_CERT_IN_CHAIN'].map((code) =>
      broken(code),
    ),
    ...['HPE_INVALID_CONSTANT', 'ERR_STREAM_PREMATURE_CLOSE'].map((code) => broken(code)),
    named('Error', 'socket hang up'),
    named('Error', 'aborted'),
    named('TimeoutError', 'the request socket timed out after 30000 ms of inactivity'),
    named('AbortError', 'Request aborted'),
    // Node tries all of a name's addresses, and tells of all of them.
    Object.assign(new AggregateError([broken('ECONNREFUSED'), broken('ENETUNREACH')]), { code: 'ECONNREFUSED' }),
    new TypeError('fetch failed', { cause: broken('ENOTFOUND') }),
    answered('UnknownError', 511),
    answered('UnknownError', 407),
    answered('UnknownError', 200, { 'content-type': 'text/html; charset=utf-8' }),
    answered('UnknownError', 302, { 'content-type': 'text/html', location: 'http://hotel.example/' }),
    answered('UnknownError', 403, { 'content-type': 'text/html' }),
  ])('says that nobody was reached: %s', (error) => {
    expect(outcomeOf(error, { now })).toMatchObject({ at: 'later', code: 'cloud.unreachable' });
  });

  it.each([
    answered('SlowDown', 503),
    answered('TooManyRequests', 429),
    answered('InternalError', 500),
    answered('RequestTimeout', 400),
    answered('ServiceUnavailable', 503),
    answered('OperationAborted', 409),
    // Without a body that says more, or with a page for people.
    ...[408, 429, 500, 502, 503, 504].map((status) => answered('UnknownError', status)),
    answered('UnknownError', 502, { 'content-type': 'text/html' }),
  ])('says that there is too much to do: %s', (error) => {
    expect(outcomeOf(error, { now })).toMatchObject({ at: 'later', code: 'cloud.overloaded' });
  });

  it.each([
    answered('InvalidAccessKeyId', 403),
    answered('SignatureDoesNotMatch', 403),
    answered('AccessDenied', 403),
    answered('ExpiredToken', 400),
    answered('UnknownError', 401),
    answered('Forbidden', 403),
    Object.assign(answered('Error', 403), { Code: 'AccessDenied' }),
    named('CredentialsProviderError'),
  ])('says that we may not: %s', (error) => {
    expect(outcomeOf(error, { now })).toMatchObject({ at: 'refused', code: 'cloud.not-allowed' });
  });

  it.each([
    answered('NoSuchBucket', 404),
    answered('PermanentRedirect', 301),
    answered('AuthorizationHeaderMalformed', 400),
    answered('UnknownError', 301),
  ])('says that there is no such bucket: %s', (error) => {
    expect(outcomeOf(error, { now })).toMatchObject({ at: 'refused', code: 'cloud.no-bucket' });
  });

  it.each([
    answered('RequestTimeTooSkewed', 403),
    answered('Forbidden', 403, { date: new Date(now - 20 * 60_000).toUTCString() }),
    answered('UnknownError', 403, { date: new Date(now + 24 * 3_600_000).toUTCString() }),
  ])('says that the clock is wrong: %s', (error) => {
    expect(outcomeOf(error, { now })).toMatchObject({ at: 'later', code: 'cloud.wrong-clock' });
  });

  it('does not blame the clock for what a store says itself', () => {
    const error = answered('AccessDenied', 403, { date: new Date(now - 20 * 60_000).toUTCString() });
    expect(outcomeOf(error, { now })).toMatchObject({ code: 'cloud.not-allowed' });
  });

  it('does not blame a clock that is known to be wrong: it was signed with the store’s time', () => {
    const error = answered('Forbidden', 403, { date: new Date(now - 20 * 60_000).toUTCString() });
    const outcome = outcomeOf(error, { now, signedAheadMs: 20 * 60_000 + 500 });
    expect(outcome).toMatchObject({ at: 'refused', code: 'cloud.not-allowed' });
  });

  it('tells of a file that is not what it was', () => {
    const error = new ContentFault('cloud.content-changed', '/photos/1.jpg');
    const refused = { at: 'refused', code: 'cloud.content-changed', detail: '/photos/1.jpg' };
    expect(outcomeOf(error, { now })).toEqual(refused);
  });

  it.each([
    ['7', 7000],
    ['0', 0],
    ['Fri, 12 Jun 2026 21:01:00 GMT', 60_000],
    ['Fri, 12 Jun 2026 20:00:00 GMT', 0],
    ['999999999', 3_600_000],
    ['soon', undefined],
    ['', undefined],
  ])('says when to come back: %s', (after, afterMs) => {
    const outcome = outcomeOf(answered('SlowDown', 503, { 'retry-after': after }), { now });
    expect(outcome.at === 'later' ? outcome.afterMs : 'refused').toBe(afterMs);
  });

  it('says when to come back by the clock of whoever says it', () => {
    const headers = { 'retry-after': 'Fri, 12 Jun 2026 22:01:00 GMT', date: 'Fri, 12 Jun 2026 22:00:00 GMT' };
    expect(outcomeOf(answered('SlowDown', 503, headers), { now })).toMatchObject({ afterMs: 60_000 });
  });

  it('always means something, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const { at, code, detail } = outcomeOf(thrown, { now });
        expect(['later', 'refused']).toContain(at);
        expect(code).toMatch(/^cloud\./);
        expect(detail.length).toBeGreaterThan(0);
        expect(detail.length).toBeLessThanOrEqual(240);
      }),
    );
  });

  it('never has a secret in it', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9/+]{16,40}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), fc.constantFrom(403, 500), (key, before, after, status) => {
        const error = answered('AccessDenied', status, {}, `${before}${key}${after}${key}`);
        expect(outcomeOf(error, { now, secrets: [key, ''] }).detail).not.toContain(key);
      }),
    );
  });
});

describe('a part of a large file', () => {
  it('is as small as wanted, and never one of too many', () => {
    const sizes = fc.integer({ min: 0, max: 5 * 1024 ** 4 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 5 * 1024 ** 2, max: 1024 ** 3 }), (sizeBytes, wantedBytes) => {
        const partBytes = partBytesOf(sizeBytes, wantedBytes);
        expect(partBytes).toBeGreaterThanOrEqual(wantedBytes);
        expect(Math.ceil(sizeBytes / partBytes)).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});

describe('where a bucket is', () => {
  it.each([
    ...['127.0.0.1', '10.1.2.3', '192.168.1.20', '172.16.0.1', '172.31.255.1', '169.254.1.1', 'localhost'],
    ...['[::1]', '[fd00::1]', '[fe80::1]', 'nas.local', 'minio.home.arpa', 'store.internal', 'a.localhost'],
  ])('%s is in one’s own network', (host) => {
    expect(isPrivateHost(host)).toBe(true);
    expect(isSecure({ endpoint: `http://${host}:9000` })).toBe(true);
  });

  it.each([
    ...['s3.amazonaws.com', '8.8.8.8', '172.32.0.1', '172.15.0.1', '11.0.0.1', '192.169.0.1', '[2001:db8::1]'],
    ...['local.example.com', 'localhost.example.com', 'mylocal', '10.example.com', '127.0.0.1.example.com'],
  ])('%s may be anybody’s: only with TLS', (host) => {
    expect(isPrivateHost(host)).toBe(false);
    expect(isSecure({ endpoint: `http://${host}` })).toBe(false);
    expect(isSecure({ endpoint: `https://${host}` })).toBe(true);
  });

  it('is Amazon’s own where nothing is said, with TLS', () => {
    const settings = s3SettingsSchema.parse({ bucket: 'photos' });
    expect(settings).toMatchObject({ prefix: '', usesPathStyle: false, conditionalWrites: 'auto' });
    expect(isSecure(settings)).toBe(true);
  });

  it.each([
    { bucket: 'Photos' },
    { bucket: 'a' },
    { bucket: 'photos/..' },
    { bucket: 'photos', prefix: '/booth' },
    { bucket: 'photos', prefix: 'booth//' },
    { bucket: 'photos', endpoint: 'ftp://nas.local' },
    { bucket: 'photos', endpoint: 'https://key:secret@store.example.com' },
    { bucket: 'photos', endpoint: 'https://store.example.com/?a=b' },
    { bucket: 'photos', endpoint: 'store.example.com' },
    { bucket: 'photos', secretAccessKey: 'not here' },
  ])('is refused where it cannot be: %o', (settings) => {
    expect(s3SettingsSchema.safeParse(settings).success).toBe(false);
  });
});

describe('a key', () => {
  const hash = 'ab'.repeat(32);

  it('is that of the layout, version 1', () => {
    expect(photoKey('gala', hash)).toBe(`events/gala/photos/${hash}.jpg`);
    expect(photoKey('gala', hash, '.png')).toBe(`events/gala/photos/${hash}.png`);
    expect(derivativeKey('gala', hash, 'thumbnail')).toBe(`events/gala/thumbnails/${hash}.jpg`);
    expect(derivativeKey('gala', hash, 'screen')).toBe(`events/gala/screens/${hash}.jpg`);
  });

  it('is the same for a JPEG, whatever its file is called', () => {
    for (const extension of ['', '.jpg', '.jpeg', '.jpe']) {
      const row = { eventUid: 'gala', kind: 'photo', subject: hash, extension } as const;
      expect(keyOf(row)).toBe(photoKey('gala', hash));
      expect(keyOf({ ...row, kind: 'screen' })).toBe(derivativeKey('gala', hash, 'screen'));
    }
  });
});
