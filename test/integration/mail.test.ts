// Letters to guests, over a real mail server on this machine: what they say, and what becomes of them.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { pino } from 'pino';
import { configSchema } from '../../main/core/index.ts';
import { noVault, openKeys, type Keys } from '../../main/core/keys/index.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { mailPlaceOf } from '../../main/core/guests/index.ts';
import { createLetters, createMailCarrier, type MailPatience } from '../../main/core/sync/mail/index.ts';
import en from '../../resources/locales/en.json' with { type: 'json' };
import fr from '../../resources/locales/fr.json' with { type: 'json' };
import { valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { startMailServer, startSilentServer, type MailServer } from '../fixtures/mailServer.ts';
import { readLetter, type ReadLetter } from '../fixtures/mime.ts';

const url = 'https://photos.example.org/booth-1/g#30.q83vEjRWeJq83vEjRWeJqw';
const guest = { to: 'ines@example.org', language: 'fr', url, name: 'Inès', eventName: 'Mariage de Léa & Tom' };
const never = new AbortController().signal;

let store: Store;
let keys: Keys;
let eventId: number;
/** Everything that was logged. */
let logged: string;
beforeEach(async () => {
  const libraryDir = await temporaryFolder();
  store = valueOf(openStore(libraryDir));
  onTestFinished(() => store.close());
  keys = valueOf(await openKeys({ libraryDir, store, vault: noVault }));
  eventId = valueOf(
    store.events.add({ code: 'GALA', state: 'open', settings: JSON.stringify({ accent: '#2266aa' }) }),
  ).id;
  logged = '';
});

const server = async (options?: Parameters<typeof startMailServer>[0]): Promise<MailServer> => {
  const started = await startMailServer(options);
  onTestFinished(() => started.close());
  return started;
};

/** A guest who has left an address and has a gallery. @returns the visit */
function visit(content: object = guest): string {
  const id = randomUUID();
  const consent = { language: 'fr', version: '1', text: 'yes' } as const;
  valueOf(store.visits.add({ id, eventId, at: '2026-06-12T20:00:00.000Z', consent }));
  const gallery = { visitId: id, eventId, contentsId: id, days: 30, sealed: Buffer.alloc(1) };
  valueOf(store.cloudGalleries.put({ ...gallery, expiresOn: '2026-07-12' }));
  const sealer = valueOf(keys.eventKeys()?.sealerOf(eventId) ?? expect.fail('the keys are open'));
  valueOf(store.mails.add(id, eventId, sealer.seal(mailPlaceOf(id), Buffer.from(JSON.stringify(content)))));
  return id;
}

type MailSettings = Omit<NonNullable<ReturnType<typeof configSchema.parse>['mail']>, 'port'>;
type Changed = Partial<MailSettings> & { password?: string | undefined; ca?: string; patience?: Partial<MailPatience> };

function carrier({ port, ca = '' }: { port: number; ca?: string }, changed: Changed = {}) {
  const { password = 'a password', patience, ca: trusted = ca, ...settings } = changed;
  const from = 'Studio Lumière <photos@studio.example>';
  const defaults = {
    libraryDir: '/',
    language: 'fr',
    mail: { host: 'localhost', port, user: 'booth', from, ...settings },
  };
  const { mail } = configSchema.parse(defaults);
  const opened = createMailCarrier({
    settings: mail ?? expect.fail('there are settings'),
    password: () => (password === '' ? undefined : password),
    letters: createLetters({ store, keys }),
    log: pino({ level: 'debug' }, { write: (line: string) => (logged += line) }),
    ...(trusted === '' ? {} : { ca: trusted }),
    patience: { connectMs: 5_000, greetingMs: 5_000, idleMs: 5_000, wholeMs: 20_000, ...patience },
  });
  onTestFinished(() => opened.close());
  const send = async (subject: string, signal = never) =>
    (await opened.carry({ subject, does: 'put' }, signal)).outcome;
  return { ...opened, send };
}

const onlyLetter = ({ received }: MailServer): ReadLetter => {
  expect(received).toHaveLength(1);
  return readLetter(received[0]?.source ?? '');
};

/** What a mail program shows of HTML. */
const shown = (html: string): string =>
  html
    .replaceAll(/<(style|title)>[^]*?<\/\1>|<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll(/[ \n]+/g, ' ');
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };

describe('a letter', () => {
  it.each([
    ['fr', fr.mail, 'Vos photos\u202f: Mariage de Léa & Tom', 'Bonjour Inès,', '12 juillet 2026'],
    ['en', en.mail, 'Your photos: Mariage de Léa & Tom', 'Hello Inès,', '12 July 2026'],
  ])('says in %s what there is to know, as text and as HTML', async (language, words, subject, hello, date) => {
    const there = await server();
    expect(await carrier(there).send(visit({ ...guest, language }))).toEqual({ at: 'done' });
    const { headers, text, html } = onlyLetter(there);
    expect(headers.get('subject')).toBe(subject);
    expect(headers.get('content-language')).toBe(language);
    expect(html).toContain(`<html lang="${language}">`);
    for (const body of [text, shown(html)]) {
      for (const part of [hello, date, 'Mariage de Léa & Tom', 'Studio Lumière', words.private, words.noAnswer, url])
        expect(body).toContain(part);
      expect(body).not.toMatch(/\{\{|undefined/);
    }
    expect(shown(html)).toContain(words.title);
    expect(html.match(/href="[^"]*"/g)).toEqual([`href="${url}"`, `href="${url}"`]);
    expect(html).toContain('background:#2266aa;color:#ffffff');
  });

  it('is to the guest alone, from whom the settings name, and asks for no answer', async () => {
    const there = await server();
    await carrier(there, { replyTo: 'crew@studio.example' }).send(visit());
    expect(there.received[0]).toMatchObject({ from: 'photos@studio.example', to: ['ines@example.org'] });
    const { headers } = onlyLetter(there);
    expect(headers.get('from')).toBe('Studio Lumière <photos@studio.example>');
    expect(headers.get('to')).toBe('ines@example.org');
    expect(headers.get('reply-to')).toBe('crew@studio.example');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    for (const name of ['cc', 'bcc', 'disposition-notification-to', 'return-receipt-to', 'x-mailer'])
      expect(headers.has(name)).toBe(false);
  });

  it('has nothing in it that would be fetched, or that tells when it is read', async () => {
    const there = await server();
    await carrier(there).send(visit());
    const { html } = onlyLetter(there);
    expect(html).not.toMatch(/<(img|script|link|iframe|object|video|form)\b|\bsrc=|url\(|@import|background=/i);
    expect(html.replaceAll(url, '')).not.toMatch(/https?:|\/\/\w/);
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('takes no orders from names', async () => {
    const there = await server();
    const eventName =
      '</title><script>alert(1)</script>\r\nBcc: all@example.org\r\n\r\n"\'$t(title) {{date}} $& \u202eevil';
    const name = '<a href="https://evil.example">\nX: y';
    await carrier(there).send(visit({ ...guest, eventName, name }));
    expect(there.received[0]?.to).toEqual(['ines@example.org']);
    const { headers, text, html } = onlyLetter(there);
    expect(headers.has('bcc')).toBe(false);
    expect(headers.has('x')).toBe(false);
    const oneLine = '</title><script>alert(1)</script> Bcc: all@example.org "\'$t(title) {{date}} $& evil';
    expect(headers.get('subject')).toBe(`Vos photos\u202f: ${oneLine}`);
    expect(text).toContain(`« ${oneLine} »`.replaceAll(/(?<=«) | (?=»)/g, '\u00a0'));
    expect(html).not.toMatch(/<script|evil\.example">|<a href="https:\/\/evil/);
    expect(shown(html)).toContain(oneLine);
  });
});

describe('the way to the server', () => {
  it.each(['tls', 'starttls'] as const)('is secret with %s, and the server is who it says it is', async (security) => {
    const there = await server({ security });
    const opened = carrier(there, { security });
    expect(await opened.check()).toEqual({ at: 'done' });
    expect(await opened.send(visit())).toEqual({ at: 'done' });
    expect(there.received[0]).toMatchObject({ isSecret: true, user: 'booth' });
    // Nobody vouches for it.
    const doubtful = carrier({ port: there.port }, { security });
    expect(await doubtful.send(visit())).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(await doubtful.check()).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(there.received).toHaveLength(1);
  });

  it('is not gone where the server says that it cannot be secret', async () => {
    const there = await server({ security: 'none' });
    expect(await carrier(there).send(visit())).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(there.received).toEqual([]);
  });

  it('may be open in one’s own network, and nowhere else', async () => {
    const there = await server({ security: 'none', asksWho: false });
    expect(await carrier(there, { security: 'none', user: undefined }).send(visit())).toEqual({ at: 'done' });
    expect(there.received[0]).toMatchObject({ isSecret: false, user: undefined });
    const elsewhere = carrier(there, { security: 'none', host: 'mail.example.org' });
    const refused = { at: 'refused', code: 'mail.insecure', detail: 'mail.example.org' };
    expect([await elsewhere.send(visit()), await elsewhere.check()]).toEqual([refused, refused]);
  });

  it('is closed to whoever has the wrong password, or none; and no detail repeats it', async () => {
    const there = await server();
    const wrong = carrier(there, { password: 'a wrong password' });
    for (const outcome of [await wrong.check(), await wrong.send(visit())]) {
      expect(outcome).toMatchObject({ at: 'refused', code: 'mail.not-allowed' });
      expect(JSON.stringify(outcome)).not.toMatch(/wrong password/);
    }
    const none = carrier(there, { password: '' });
    expect(await none.check()).toMatchObject({ at: 'refused', code: 'mail.not-allowed' });
    const unnamed = carrier(there, { user: undefined });
    expect(await unnamed.send(visit())).toMatchObject({ at: 'refused', code: 'mail.not-allowed' });
    expect(there.received).toEqual([]);
  });

  it('is not there', async () => {
    const there = await server();
    await there.close();
    const opened = carrier(there);
    expect(await opened.check()).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(await opened.send(visit())).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(await carrier(there, { host: 'nowhere.invalid' }).check()).toMatchObject({ code: 'mail.unreachable' });
  });
});

describe('a letter that the server does not take', () => {
  it.each([
    ['an address that there is not', 550, 'refused', 'mail.refused'],
    ['an address that it does not like', 553, 'refused', 'mail.refused'],
    ['an address that it does not understand', 501, 'refused', 'mail.refused'],
    ['strangers, for now', 450, 'later', 'mail.failed'],
    ['anything, for now', 451, 'later', 'mail.failed'],
    ['anybody: it is about to go', 421, 'later', 'mail.unreachable'],
    ['who has not said who they are', 530, 'refused', 'mail.not-allowed'],
  ])('for %s (%i)', async (_, code, at, fault) => {
    const there = await server();
    const opened = carrier(there);
    const id = visit();
    there.behaviour.refuses = (address) =>
      address === guest.to ? { code, text: `5.1.1 <${address}> not here` } : undefined;
    const outcome = await opened.send(id);
    expect(outcome).toMatchObject({ at, code: fault });
    // Who it was stays sealed.
    expect(JSON.stringify(outcome) + logged).not.toContain(guest.to);
    expect(JSON.stringify(outcome)).not.toContain('ines');
    // That one's alone.
    expect(await opened.send(visit({ ...guest, to: 'tom@example.org' }))).toEqual({ at: 'done' });
    there.behaviour.refuses = () => undefined;
    expect(await opened.send(id)).toEqual({ at: 'done' });
    expect(there.received.map(({ to }) => to)).toEqual([['tom@example.org'], ['ines@example.org']]);
  });

  it('for what is in it', async () => {
    const there = await server();
    there.behaviour.refusesLetter = () => ({ code: 554, text: 'looks like nothing' });
    expect(await carrier(there).send(visit())).toMatchObject({ at: 'refused', code: 'mail.refused' });
    there.behaviour.refusesLetter = () => ({ code: 452, text: 'the disk is full' });
    expect(await carrier(there).send(visit())).toMatchObject({ at: 'later', code: 'mail.failed' });
  });
});

describe('each letter', () => {
  it('is sent once, and to whom it went is forgotten', async () => {
    const there = await server();
    const id = visit();
    const opened = carrier(there);
    expect(await opened.send(id)).toEqual({ at: 'done' });
    expect(store.mails.get(id)).toMatchObject({ sealed: undefined });
    expect(store.mails.get(id)?.sentAt).toBeDefined();
    expect(await opened.send(id)).toEqual({ at: 'done' });
    expect(there.received).toHaveLength(1);
  });

  it('is the same one when it has to be sent again, because nobody heard that it was there', async () => {
    const there = await server();
    const id = visit();
    const opened = carrier(there);
    there.behaviour.isCutAfterData = true;
    expect(await opened.send(id)).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(store.mails.get(id)?.sentAt).toBeUndefined();
    there.behaviour.isCutAfterData = false;
    expect(await opened.send(id)).toEqual({ at: 'done' });
    await opened.send(visit());
    const names = there.received.map(({ source }) => readLetter(source).headers.get('message-id'));
    expect(names[0]).toMatch(/^<[0-9a-f]{32}@studio\.example>$/);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
    expect(names[0]).not.toContain(id.slice(0, 8));
  });

  it('is not sent where the visit was erased, or the gallery is gone', async () => {
    const there = await server();
    const [erased, expired] = [visit(), visit()];
    store.visits.erase({ id: erased, eventId }, 'guest', 0);
    valueOf(store.cloudGalleries.removeExpired('2026-07-13', eventId));
    const opened = carrier(there);
    for (const id of [erased, expired, randomUUID()]) expect(await opened.send(id)).toEqual({ at: 'done' });
    expect(there.connections()).toBe(0);
  });

  it('waits for the passphrase, and is given up with the event’s key', async () => {
    const there = await server();
    const id = visit();
    const locked: Keys = { ...keys, eventKeys: () => undefined };
    const letters = createLetters({ store, keys: locked });
    expect(letters.letterOf(id)).toMatchObject({ ok: false, fault: { code: 'cloud.keys-away' } });
    valueOf(keys.eventKeys()?.erase(eventId) ?? expect.fail('the keys are open'));
    expect(await carrier(there).send(id)).toMatchObject({ at: 'refused', code: 'cloud.content-missing' });
    expect(there.connections()).toBe(0);
  });
});

describe('a server that says nothing', () => {
  it('is given up', async () => {
    const there = await startSilentServer();
    onTestFinished(() => there.close());
    const opened = carrier(there, { patience: { greetingMs: 200 } });
    expect(await opened.send(visit())).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    expect(await opened.check()).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    const slow = carrier(there, { patience: { wholeMs: 200 } });
    expect(await slow.send(visit())).toMatchObject({ at: 'later', code: 'mail.unreachable' });
  });

  it('is left at once by whoever is cut off', async () => {
    const there = await startSilentServer();
    onTestFinished(() => there.close());
    const cutting = new AbortController();
    const patience = { connectMs: 600_000, greetingMs: 600_000, idleMs: 600_000, wholeMs: 600_000 };
    const sending = carrier(there, { patience }).send(visit(), cutting.signal);
    setTimeout(() => cutting.abort(), 100);
    expect(await sending).toMatchObject({ at: 'later', code: 'mail.unreachable' });
    await there.ended;
  });
});
