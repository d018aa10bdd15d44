import { phonePaths } from '../../../preload/index.ts';
import { isRefused, type Siege } from './siege.ts';
import { requestOf } from './wire.ts';

const unknown = ['TRACE', 'OPTIONS', 'PUT', 'PATCH', 'CONNECT', 'PROPFIND', 'MOVE', 'PURGE', 'LINK', 'FOO', 'get'];
const lists = [
  ...['/api', '/api/', '/api/galleries', '/api/galleries/', '/api/guests', '/api/visits', '/api/selfie-jobs'],
  ...['/api/selfie-jobs/', '/api/register-with-event-code', '/api/open-gallery', '/api/upload-selfie', '/g', '/g/'],
  ...['/admin', '/assets', '/assets/', '/branding', '/branding/', '/api/events', '/api/galleries/events'],
];

/** What a phone has no reason to ask. */
export async function methods({ check, count, wire }: Siege, token: string): Promise<void> {
  const phone = wire('127.0.0.24');
  const open = [phonePaths.startPage, phonePaths.event, phonePaths.gallery(token), phonePaths.register, '/health'];
  for (const method of unknown) {
    for (const path of open) {
      const answer = await phone.ask({ method, path, headers: { origin: 'https://elsewhere.example' } });
      count('methods');
      const isHungUp = answer.status === 0 && answer.isClosed;
      check(`${method} ${path}: refused`, isRefused(answer) || isHungUp, answer.status);
      check(`${method} ${path}: not sent back`, !answer.body.includes('elsewhere.example'));
    }
  }
  for (const path of lists) {
    const answer = await phone.ask({ path });
    check(`${path}: there is no such list`, isRefused(answer), answer.status);
  }

  const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'DELETE' };
  for (const path of [...open, '/metrics', '/api/openapi.json', '/generate_204', phonePaths.galleryPage(token)]) {
    await phone.ask({ path, headers: preflight });
    count('origins');
  }
  const page = await phone.ask({ path: phonePaths.startPage });
  const etag = page.headers.get('etag') ?? '';
  const again = await phone.ask({ path: phonePaths.startPage, headers: { 'if-none-match': etag } });
  check('a page that has not changed is not sent again', again.status === 304, again.status);

  const wrong: Record<string, string | Buffer> = {
    'no host': 'GET / HTTP/1.1\r\n\r\n',
    'no HTTP': 'hello\r\n\r\n',
    TLS: Buffer.from('16030100c8010000c40303', 'hex'),
    'a newer HTTP': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'a header without end': `GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`,
    'headers without end': `GET / HTTP/1.1\r\nhost: a\r\n${'x: a\r\n'.repeat(20_000)}\r\n`,
    'a header of two lines': 'GET / HTTP/1.1\r\nhost: a\r\nx: a\n\r b\r\n\r\n',
    'an address without end': requestOf({ path: `/${'a'.repeat(60_000)}` }),
    'a name without end': requestOf({ path: phonePaths.gallery('a'.repeat(5_000)) }),
  };
  for (const [what, bytes] of Object.entries(wrong)) {
    const answer = await phone.exchange(bytes);
    count('wrong requests');
    check(`${what}: refused`, isRefused(answer) || (answer.status === 0 && answer.isClosed), answer.status);
  }
}
