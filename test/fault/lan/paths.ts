import { phonePaths } from '../../../preload/index.ts';
import { isRefused, type Siege } from './siege.ts';

const up = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '..\\',
  '..%5c',
  '%c0%ae%c0%ae/',
  '..;/',
  '....//',
];
const aims = ['etc/passwd', 'library.db', 'secret.txt', 'index.html', 'branding/secret.txt'];
const others = [
  ...[
    '/etc/passwd',
    '//etc/passwd',
    '%2fetc%2fpasswd',
    'file:///etc/passwd',
    'C:\\Windows\\win.ini',
    '\\\\host\\share',
  ],
  ...[
    '%00',
    'index.html%00.js',
    '..%00/',
    'con',
    '.',
    '..',
    '%',
    '%zz',
    '%2',
    '~root',
    '*',
    '?',
    '%3f',
    '%23',
    '$HOME',
  ],
  ...[`${'a'.repeat(64)}.png`, `${'a'.repeat(64)}.png%00`, `${'A'.repeat(64)}.png`, `../${'a'.repeat(64)}.png`],
  ...[
    '-1',
    '0',
    '1e9',
    '0x1',
    '1.5',
    'NaN',
    '99999999999999999999',
    "1'--",
    '1%20OR%201=1',
    '{}',
    '[]',
    '%F0%9F%92%A9',
  ],
];

/** Paths that lead out of where they seem to, in every place where a path or a name is asked for. */
export async function paths(
  { random, check, count, some, wire }: Siege,
  token: string,
  outside: string,
): Promise<void> {
  const places = [
    ...[(what: string) => `/assets/${what}`, (what: string) => `/branding/${what}`, (what: string) => `/${what}`],
    (what: string) => phonePaths.gallery(what),
    (what: string) => `${phonePaths.gallery(token)}/photos/${what}/screen`,
    (what: string) => `${phonePaths.gallery(token)}/photos/1/${what}`,
    (what: string) => phonePaths.selfieJob(what),
  ];
  const climbs = up.flatMap((step) => aims.map((aim) => `${step.repeat(1 + Math.floor(random() * 8))}${aim}`));
  const tried = [...climbs, ...others].filter(() => random() < some(100) / 100);
  // A token that is none is an attempt; each is made from an address of its own, as if there were no end of them.
  let host = 0;
  for (const place of places) {
    for (const what of tried) {
      const path = place(what);
      const { status, body } = await wire(`127.0.${String(1 + (host >> 7))}.${String(1 + (host++ & 127))}`).ask({
        path,
      });
      count('paths');
      // What a browser would make of it is a page that there is.
      const isPage = status === 200 && /^\/(\?|%3f$)?$/.test(path);
      check(`${path}: refused`, isRefused({ status }) || isPage, status);
      const isLeak = body.includes(outside) || body.includes('root:') || body.includes('SQLite format');
      check(`${path}: nothing of another file`, !isLeak);
    }
  }
}
