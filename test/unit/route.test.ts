import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeOf } from '../../main/shell/route.ts';
import { brandingUrl, origin, pageUrl, photoUrl } from '../../preload/index.ts';

const sha256 = 'a1'.repeat(32);
const pageId = '0b9d3c52-6a7e-4f1d-8c2b-9e5f4a3d2c1b';

/** Whether a file lies in the folder of the pages, wherever that is. */
const isInside = (file: string): boolean => {
  const folder = path.resolve('/pages');
  return path.resolve(folder, file).startsWith(folder + path.sep);
};

describe('an address of ours', () => {
  it('names a photo’s picture', () => {
    expect(routeOf(photoUrl({ sha256 }, 'thumbnail'))).toEqual({ at: 'photo', size: 'thumbnail', sha256 });
    expect(routeOf(photoUrl({ sha256 }, 'screen'))).toEqual({ at: 'photo', size: 'screen', sha256 });
  });

  it('names a picture of the event', () => {
    for (const name of [`${sha256}.png`, `${sha256}.jpg`]) {
      expect(routeOf(brandingUrl(name))).toEqual({ at: 'branding', name });
    }
    for (const name of ['logo', `${sha256}.svg`, `${sha256.slice(1)}.png`, sha256]) {
      expect(routeOf(brandingUrl(name))?.at).not.toBe('branding');
    }
  });

  it('names a sheet’s picture', () => {
    expect(routeOf(pageUrl({ id: pageId }))).toEqual({ at: 'print', id: pageId });
    for (const name of [
      ...[`${pageId}.png`, pageId, `x${pageId}.jpg`, `${pageId}0.jpg`, `${pageId.replaceAll('-', '')}.jpg`],
      ...[`../prints/../${pageId}.jpg`, `a/${pageId}.jpg`, `${pageId.toUpperCase()}.jpg`],
    ]) {
      expect([name, routeOf(`${origin}/prints/${name}`)?.at]).not.toEqual([name, 'print']);
    }
  });

  it('names a file of a page', () => {
    const page = (file: string) => ({ at: 'page', file: path.join(...file.split('/')) });
    expect(routeOf(`${origin}/kiosk/index.html`)).toEqual(page('kiosk/index.html'));
    expect(routeOf(`${origin}/assets/kiosk-B3x_9.js`)).toEqual(page('assets/kiosk-B3x_9.js'));
    expect(routeOf(`${origin}/assets/font.latin.woff2`)).toEqual(page('assets/font.latin.woff2'));
    // What a page asks of itself is its own affair.
    expect(routeOf(`${origin}/kiosk/index.html?x=../../etc/passwd#/../..`)).toEqual(page('kiosk/index.html'));
    expect(routeOf(`${origin}/kiosk/../kiosk/index.html`)).toEqual(page('kiosk/index.html'));
  });
});

describe('any other address', () => {
  it('names nothing', () => {
    for (const address of [
      ...['', 'nonsense', '/kiosk/index.html', 'findme:', 'findme:app', 'findme://', origin, `${origin}/`],
      ...[
        'https://app/kiosk/index.html',
        'file:///kiosk/index.html',
        'data:text/html,hello',
        'findme:/kiosk/index.html',
      ],
      ...['findme://other/kiosk/index.html', 'findme://app.evil/kiosk/index.html', 'findme://evil.app/a.js'],
      ...['findme://app:80/a.js', 'findme://me@app/a.js', 'findme://me:secret@app/a.js', 'findme://app@evil/a.js'],
    ]) {
      expect([address, routeOf(address)]).toEqual([address, undefined]);
    }
  });

  it('names nothing where its path is not of the listed shapes', () => {
    for (const name of [
      ...['/.env', '/kiosk/.hidden', '/a..js', '/kiosk/a.', '//a.js', '/kiosk//a.js', '/kiosk/', '/a b.js', '/a:b.js'],
      ...['/..%2fa.js', '/%2e%2e%2fa.js', '/kiosk/%2fa.js', '/%5c..%5ca.js', '/a%00.js', '/caf%C3%A9.js', '/C:/a.js'],
      ...['/..\\..\\a.js', '/kiosk\\a.js', '/\\\\server\\share', '/a.js;b', '/a~1.js', '/$RECYCLE.BIN', '/...'],
    ]) {
      expect([name, routeOf(origin + name)]).toEqual([name, undefined]);
    }
  });

  it('names no photo unless size and hash are such', () => {
    for (const name of [
      ...[`original/${sha256}.jpg`, `THUMBNAIL/${sha256}.jpg`, `__proto__/${sha256}.jpg`],
      ...[`thumbnail/../../../library.db`, `thumbnail/%2e%2e%2f${sha256}.jpg`],
    ]) {
      expect([name, routeOf(`${origin}/photos/${name}`)?.at]).not.toEqual([name, 'photo']);
    }
    const hashes = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...Array.from('0aF/.%\\')), maxLength: 70 }),
    );
    fc.assert(
      fc.property(hashes, (hash) => {
        const route = routeOf(`${origin}/photos/screen/${hash}.jpg`);
        if (route?.at === 'photo') expect(route.sha256).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });
});

describe('whatever address', () => {
  const piece = fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '%2f',
      '%5c',
      '%00',
      '%252e',
      '?',
      '#',
      ':',
      '@',
      '~',
      ' ',
      '\n',
      '\t',
    ],
    ...[
      'a',
      'B9',
      '_',
      '-',
      '.js',
      'photos',
      'branding',
      'prints',
      'logo',
      'thumbnail',
      sha256,
      pageId,
      '.jpg',
      'é',
      '／',
      '．．',
    ],
  );
  const address = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.string({ unit: 'binary' }).map((rest) => `${origin}/${rest}`),
    fc.array(piece, { maxLength: 12 }).map((pieces) => `${origin}/${pieces.join('')}`),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `findme:${pieces.join('')}`),
  );

  it('never throws, and never leads out of the folder', () => {
    fc.assert(
      fc.property(address, (text) => {
        const route = routeOf(text);
        switch (route?.at) {
          case undefined:
            return;
          case 'photo':
            expect(route.sha256).toMatch(/^[0-9a-f]{64}$/);
            expect(['thumbnail', 'screen']).toContain(route.size);
            return;
          case 'branding':
            expect(route.name).toMatch(/^[a-z]+(-\d{1,2})?$/);
            return;
          case 'print':
            expect(route.id).toMatch(/^[0-9a-f-]{36}$/);
            return;
          case 'page':
            expect(isInside(route.file)).toBe(true);
            expect(route.file).toMatch(/^[\w./\\-]+$/);
            expect(route.file).not.toMatch(/(^|[/\\])\.|\.\./);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
