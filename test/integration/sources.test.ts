// The crew looks after the folders that photographers fill, from the station.
import { readFile, rename, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'uqr';
import { describe, expect, it, vi } from 'vitest';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { withShotTags } from '../fixtures/cameraJpeg.ts';
import { valueOf } from '../fixtures/core.ts';
import { setUp, startDesk, untilIndexed, untilState, type StaffWindow } from '../fixtures/desk.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { sampleFile } from '../fixtures/photos.ts';

async function openStation() {
  const desk = await startDesk(await temporaryFolder());
  const staff = desk.openStaff();
  await setUp(staff, desk.photosDir);
  await untilState(staff, 'ready');
  return { desk, staff, photosDir: desk.photosDir };
}

const sourceAt = async (staff: StaffWindow, folder: string) =>
  valueOf(await staff.ask('sources:open', {})).find((source) => source.path === folder);

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 });

/** A photo of the station's clock as it stood then, by a camera whose own says something else. */
async function photoOfClock(shownSeconds: number, cameraSays: string): Promise<Buffer> {
  const { data, size } = encode(`findme-clock:${String(shownSeconds)}`, { ecc: 'M', border: 4 });
  const fields = Buffer.from(data.flat().map((isDark) => (isDark ? 20 : 235)));
  const code = await sharp(fields, { raw: { width: size, height: size, channels: 1 } })
    .resize({ width: 500, kernel: 'nearest' })
    .rotate(8, { background: '#c0c0c0' })
    .blur(1.2)
    .png()
    .toBuffer();
  const screen = sharp({ create: { width: 2400, height: 1600, channels: 3, background: '#7a7468' } });
  const jpeg = await screen
    .composite([{ input: code, left: 1300, top: 500 }])
    .jpeg({ quality: 80 })
    .toBuffer();
  return withShotTags(jpeg, { at: cameraSays, serial: '4711' });
}

describe('the station’s sources', () => {
  it('show each folder as it gets on, and take more of them', async () => {
    const { desk, staff, photosDir } = await openStation();
    await writeFile(path.join(photosDir, 'a.jpg'), await readFile(sampleFile(1)));
    await untilIndexed(staff, 1);
    await until(async () =>
      expect(await sourceAt(staff, photosDir)).toMatchObject({ state: 'watching', taken: 1, waiting: 0 }),
    );

    const second = path.join(photosDir, '..', 'second');
    valueOf(await staff.ask('sources:set', { path: second, photographer: 'Léa' }));
    await until(async () =>
      expect(await sourceAt(staff, second)).toMatchObject({ state: 'missing', photographer: 'Léa' }),
    );
    await mkdir(path.join(second, 'Cérémonie'), { recursive: true });
    await writeFile(path.join(second, 'Cérémonie', 'b.jpg'), await readFile(sampleFile(2)));
    await untilIndexed(staff, 2);
    await until(async () =>
      expect(await sourceAt(staff, second)).toMatchObject({
        ...{ state: 'watching', taken: 1 },
        albums: [{ name: 'Cérémonie', photos: 1 }],
      }),
    );
    expect(await sourceAt(staff, photosDir)).toMatchObject({ albums: [] });

    // A drive that is pulled out and put back.
    await rename(second, `${second}-away`);
    await until(async () => expect(await sourceAt(staff, second)).toMatchObject({ state: 'missing' }));
    await rename(`${second}-away`, second);
    await until(async () => expect(await sourceAt(staff, second)).toMatchObject({ state: 'watching', taken: 1 }));

    valueOf(await staff.ask('sources:set', { path: second, isOn: false }));
    await until(async () => expect(await sourceAt(staff, second)).toMatchObject({ state: 'off', photographer: '' }));
    valueOf(await staff.ask('sources:remove', { path: second }));
    await until(async () => expect(await sourceAt(staff, second)).toBeUndefined());
    const actions = valueOf(await staff.ask('audit:page', {})).map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['source.changed', 'source.removed']));
    expect(desk.hasQuit()).toBe(false);
  });

  it('go on looking after a guest while folders are set', async () => {
    const { desk, staff, photosDir } = await openStation();
    const kiosk = desk.openKiosk();
    const consentVersion = valueOf(await kiosk.ask('kiosk:open', {})).consents.fr?.version ?? '';
    const { visitId } = valueOf(await kiosk.ask('visit:begin', { language: 'fr', consentVersion }));
    valueOf(await staff.ask('sources:set', { path: photosDir, photographer: 'Léa' }));
    await until(async () => expect(await sourceAt(staff, photosDir)).toMatchObject({ photographer: 'Léa' }));
    expect(valueOf(await kiosk.ask('visit:erase', { visitId, withFaces: false }))).toEqual({ faces: 0 });
  });

  it('set a camera’s clock by a photo of the station’s, and with it the times of what came before', async () => {
    const { desk, staff, photosDir } = await openStation();
    const kiosk = desk.openKiosk();
    const early = await withShotTags(await readFile(sampleFile(1)), { at: '2019-01-01T10:00:00', serial: '4711' });
    await writeFile(path.join(photosDir, 'a.jpg'), early);
    await untilIndexed(staff, 1);
    const hours = async () => valueOf(await kiosk.ask('browse:hours', {})).map(({ hour }) => hour);
    expect(await hours()).toEqual(['2019-01-01T10']);

    valueOf(await staff.ask('sources:await-clock', { path: photosDir }));
    expect(await sourceAt(staff, photosDir)).toMatchObject({ clock: 'awaited', clockCorrectionSeconds: 0 });
    const timeZone = valueOf(await staff.ask('events:list', {}))[0].settings.timeZone;
    expect(timeZone).toBeDefined();
    // The camera is seven and a half years behind.
    const shown = Date.parse('2026-06-20T19:04:09Z') / 1000;
    await writeFile(path.join(photosDir, 'clock.jpg'), await photoOfClock(shown, '2019-01-01T12:00:00'));
    await until(async () => expect(await sourceAt(staff, photosDir)).toMatchObject({ clock: 'read' }));

    const localShown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
      shown * 1000,
    );
    const seconds = (Date.parse(`${localShown.replace(' ', 'T')}Z`) - Date.parse('2019-01-01T12:00:00Z')) / 1000;
    expect(await sourceAt(staff, photosDir)).toMatchObject({ clockCorrectionSeconds: seconds });
    const corrected = new Date(Date.parse('2019-01-01T10:00:00Z') + seconds * 1000).toISOString().slice(0, 13);
    await until(async () => expect(await hours()).toContain(corrected));
    expect(await hours()).not.toContain('2019-01-01T10');
  });
});
