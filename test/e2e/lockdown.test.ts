import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { origin } from '../../preload/index.ts';
import { eventSamples } from '../fixtures/cameraFile.ts';
import type { Booth } from './driver.ts';
import { hashOf } from './event.ts';
import { setStage } from './stage.ts';

describe('the window', () => {
  const stage = setStage(eventSamples);
  let booth: Booth;

  beforeAll(async () => {
    booth = await stage.launchForAll();
  });
  beforeEach(() => booth.startAfresh());

  it('has nothing of Node.js, and four things of ours', async () => {
    const reachable = await booth.page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer', 'global', 'electron'].filter((name) => name in window),
      ours: Object.keys(window.findme).toSorted(),
    }));
    expect(reachable).toEqual({ globals: [], ours: ['close', 'connect', 'forgetPictures', 'openStaff'] });
    const preferences = await booth.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return Reflect.apply(
        Reflect.get(window.webContents, 'getLastWebPreferences') as () => Record<string, unknown>,
        window.webContents,
        [],
      );
    });
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
  });

  it('is given the camera, and nothing else that a page may ask for', async () => {
    const granted = await booth.page.evaluate(async () => {
      const outcome = (asking: Promise<unknown>) =>
        asking.then(
          () => 'granted',
          (error: unknown) => (error instanceof Error ? error.name : 'refused'),
        );
      const { mediaDevices, geolocation, clipboard } = navigator;
      return {
        camera: await outcome(mediaDevices.getUserMedia({ video: true })),
        microphone: await outcome(mediaDevices.getUserMedia({ audio: true })),
        both: await outcome(mediaDevices.getUserMedia({ audio: true, video: true })),
        place: await outcome(
          new Promise((resolve, reject) => geolocation.getCurrentPosition(resolve, () => reject(new Error()))),
        ),
        notifications: await Notification.requestPermission(),
        clipboard: await outcome(clipboard.readText()),
      };
    });
    expect(granted).toMatchObject({ camera: 'granted', microphone: 'NotAllowedError', both: 'NotAllowedError' });
    expect(granted.notifications).toBe('denied');
    expect(granted.place).not.toBe('granted');
    expect(granted.clipboard).not.toBe('granted');
  });

  it('shares the camera with no other origin, not even of our scheme', async () => {
    const outcome = await booth.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false });
      try {
        // There is no such page; its origin is what counts.
        await window.loadURL('findme://elsewhere/').catch(() => undefined);
        return (await window.webContents.executeJavaScript(
          `navigator.mediaDevices === undefined
             ? 'none'
             : navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', ({ name }) => name)`,
        )) as string;
      } finally {
        window.destroy();
      }
    });
    expect(['none', 'NotAllowedError']).toContain(outcome);
  });

  it.for([
    'https://example.org/',
    'file:///etc/hostname',
    'data:text/html,hello',
    'findme://elsewhere/kiosk/index.html',
  ])('goes nowhere else: %s', async (address) => {
    const before = booth.page.url();
    await booth.page.evaluate((wanted) => {
      const link = document.body.appendChild(document.createElement('a'));
      link.href = wanted;
      link.click();
      link.target = '_blank';
      link.click();
      location.href = wanted;
    }, address);
    const opened = await booth.page.evaluate((wanted) => window.open(wanted) === null, address);
    await booth.page.waitForTimeout(300);
    expect(opened).toBe(true);
    expect(booth.page.url()).toBe(before);
    expect(booth.app.windows()).toHaveLength(1);
    const screen = () => document.querySelector<HTMLElement>('[data-screen]')?.dataset['screen'];
    expect(['attract', 'consent']).toContain(await booth.page.evaluate(screen));
  });

  it('runs no script but those it came with', async () => {
    const { policy, ran, reached } = await booth.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.ran = "inline"';
      document.head.append(script);
      const button = document.createElement('button');
      button.setAttribute('onclick', 'document.documentElement.dataset.ran = "attribute"');
      document.body.append(button);
      button.click();
      const reach = (address: string) =>
        fetch(address).then(
          ({ status }) => status,
          () => 'refused',
        );
      return {
        policy: (await fetch(location.href)).headers.get('content-security-policy') ?? '',
        ran: document.documentElement.dataset['ran'],
        reached: await Promise.all(['file:///etc/hostname', 'https://example.org/', 'http://127.0.0.1/'].map(reach)),
      };
    });
    expect(ran).toBeUndefined();
    expect(reached).toEqual(['refused', 'refused', 'refused']);
    const directives = new Map(policy.split(/;\s*/).map((text) => [text.split(' ')[0], text] as const));
    expect(directives.get('default-src')).toMatch(/'(none|self)'/);
    expect(directives.get('script-src')).toBe("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  describe('of the photos', () => {
    /** As a page of ours asks. Not from the main process, whose own fetch now and then never hears of an answer. */
    const statusOf = (address: string, method = 'GET') =>
      booth.page.evaluate(
        async (request) => {
          const response = await fetch(request.address, { method: request.method });
          await response.arrayBuffer();
          return response.status;
        },
        { address, method },
      );

    /** As a window would ask that somebody led elsewhere. */
    const statusOfPage = (address: string) =>
      booth.app.evaluate(async ({ BrowserWindow }, wanted) => {
        const window = new BrowserWindow({ show: false });
        const status = new Promise<number>((resolve) =>
          window.webContents.once('did-navigate', (_, __, code) => resolve(code)),
        );
        await window.loadURL(wanted).catch(() => undefined);
        window.destroy();
        return status;
      }, address);

    it('gives those whose hash is known', async () => {
      const hash = await hashOf(2);
      expect(await statusOf(`${origin}/photos/thumbnail/${hash}.jpg`)).toBe(200);
      expect(await statusOf(`${origin}/photos/screen/${hash}.jpg`)).toBe(200);
    });

    it('gives nothing for a trick', async () => {
      const hash = await hashOf(2);
      const addresses = [
        `/photos/thumbnail/${hash.toUpperCase()}.jpg`,
        `/photos/thumbnail/${hash.replace(/^./, (first) => (first === '0' ? '1' : '0'))}.jpg`,
        `/photos/original/${hash}.jpg`,
        `/photos/thumbnail/${hash}`,
        `/photos/thumbnail/${hash}.jpg/`,
        `/photos/thumbnail/%2e%2e/%2e%2e/library.db`,
        `/photos/thumbnail/..%2f..%2flibrary.db`,
        `/photos/thumbnail/..%5c..%5clibrary.db`,
        `/photos/../../library.db`,
        `/photos//etc/hostname`,
        `//etc/hostname`,
        `/../main/shell.js`,
        `/%2e%2e/main/shell.js`,
        `/kiosk/%2e%2e/%2e%2e/main/shell.js`,
        `/kiosk/..%2f..%2fmain/shell.js`,
        `/kiosk/index.html%00.jpg`,
        `/branding/../../../etc/hostname`,
        `/branding/logo`,
      ].map((path) => `${origin}${path}`);
      for (const address of addresses) expect([address, await statusOf(address)]).toEqual([address, 404]);
    });

    it('gives nothing under another name than ours', async () => {
      const photo = `photos/thumbnail/${await hashOf(2)}.jpg`;
      expect(await statusOfPage(`findme://app/${photo}`)).toBe(200);
      expect(await statusOfPage(`findme://elsewhere/${photo}`)).toBe(404);
      expect(await statusOfPage(`findme://app.elsewhere/${photo}`)).toBe(404);
    });

    it.for(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('does not know %s', async (method) => {
      expect(await statusOf(`${origin}/photos/thumbnail/${await hashOf(2)}.jpg`, method)).toBe(405);
    });

    it('gives nothing for any other name', async () => {
      const piece = fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%2f',
        '/',
        '\\',
        '%5c',
        '%00',
        'photos',
        'library.db',
        'thumbnail',
        'main',
        '~',
      );
      const path = fc
        .array(fc.oneof(piece, fc.webSegment()), { minLength: 1, maxLength: 6 })
        .map((parts) => parts.join('/'));
      for (const sample of fc.sample(path, { numRuns: 60, seed: 1 })) {
        const address = `${origin}/photos/thumbnail/${sample}`;
        expect([address, await statusOf(address)]).toEqual([address, 404]);
      }
    });
  });
});
