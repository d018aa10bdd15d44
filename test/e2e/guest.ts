import type { TFunction } from 'i18next';
import type { Locator } from 'playwright-core';
import { createTexts } from '../../renderer/ui/texts.ts';
import type { Booth, ScreenName } from './driver.ts';

type Language = 'fr' | 'en';
/** A key of resources/locales, with what its text is made of. */
type Text = Parameters<TFunction>;

type Person = 'guest' | 'friend';

/** Someone at the kiosk who reads one language, and touches what is called by its name. */
export interface Guest {
  readonly t: (...text: Text) => string;
  /** The button of that name; its name may go on, as with a hint below it. */
  button(...text: Text): Locator;
  tap(...text: Text): Promise<void>;
  /** Touches the name of the other language. */
  switchLanguage(): Promise<void>;
  /** From the attract screen to the open camera, agreeing on the way. */
  goToCamera(): Promise<void>;
  /** From the attract screen until the search has brought something or nothing. */
  findPhotos(): Promise<'results' | 'nothing'>;
  /** The files of the pictures on show, by their hashes, in order. */
  shownPhotos(): Promise<string[]>;
  /**
   * The address of the sheet on show, once its picture is seen.
   *
   * @param photos how many are on it
   * @param before the address of one that was on show and is to be gone
   */
  shownSheet(photos: number, before?: string): Promise<string>;
  /** Before the camera of the scene 'two': those who agree touch their faces. */
  touchFaces(people: readonly Person[]): Promise<void>;
  /** And the picture is taken. */
  choose(people: readonly Person[]): Promise<void>;
  /** The code on show. */
  keptCode(): Promise<string>;
  /** From the attract screen: types the code, and if it is whole, sends it. */
  enterCode(code: string): Promise<void>;
}

/** How long the guide, the count-down, the shot and the search may take together on a machine that is busy. */
export const searchLimitMs = 30_000;

/** A sheet is drawn within this. */
const sheetLimitMs = 15_000;

export function createGuest(booth: Booth, language: Language): Guest {
  const { page } = booth;
  const texts = createTexts(language);
  const fixed = texts.getFixedT(language);
  const t = (...text: Text): string => fixed(...text);
  const button = (...text: Text) => page.getByRole('button', { name: t(...text) }).first();
  const tap = (...text: Text) => button(...text).click();
  const pass = async (from: ScreenName, ...text: Text) => {
    await booth.waitForScreen(from);
    await tap(...text);
  };
  const goToCamera = async () => {
    await pass('attract', 'kiosk.attract.start');
    await pass('consent', 'kiosk.consent.accept');
    await booth.waitForScreen('camera');
  };

  const touchFaces = async (people: readonly Person[]) => {
    const faces = await Promise.all(
      [1, 2].map(async (number) => {
        const face = button('kiosk.camera.face', { number });
        await face.waitFor({ timeout: searchLimitMs });
        const box = await face.boundingBox();
        if (box === null) throw new Error('a face has gone');
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }),
    );
    // As in a mirror: the camera has the guest to the left of the friend.
    const [friend, guest] = faces.toSorted((a, b) => a.x - b.x);
    for (const person of people) {
      const { x, y } = person === 'guest' ? guest : friend;
      await page.mouse.click(x, y);
    }
  };

  return {
    t,
    button,
    tap,
    switchLanguage: () => {
      const other = texts.getFixedT(language === 'fr' ? 'en' : 'fr')('languageName');
      // The last, because an overlay comes after what lies under it.
      return page.getByRole('button', { name: other, exact: true }).last().click();
    },
    goToCamera,
    findPhotos: async () => {
      await goToCamera();
      return (await booth.waitForScreen(['results', 'nothing'], searchLimitMs)) as 'results' | 'nothing';
    },
    shownPhotos: async () => {
      const sources = await page
        .locator('[data-screen] img[src*="/photos/"]')
        .evaluateAll((pictures) => pictures.map((picture) => picture.getAttribute('src') ?? ''));
      return sources.map((source) => /([0-9a-f]{64})\.jpg$/.exec(source)?.[1] ?? source);
    },
    shownSheet: async (photos, before) => {
      const sheet = page.getByAltText(t('kiosk.print.preview', { count: photos }));
      const endMs = performance.now() + sheetLimitMs;
      while (performance.now() < endMs) {
        const [address] = await sheet.evaluateAll((pictures) =>
          pictures.map((picture) =>
            picture instanceof HTMLImageElement && picture.naturalWidth > 0 ? picture.currentSrc : undefined,
          ),
        );
        if (address !== undefined && address !== before) return address;
        await page.waitForTimeout(50);
      }
      throw new Error('no sheet is on show');
    },
    touchFaces,
    choose: async (people) => {
      await touchFaces(people);
      if (people.length === 1) await tap('kiosk.camera.chooseOne');
      else await tap('kiosk.camera.chooseSeveral', { count: people.length });
    },
    keptCode: async () => {
      await booth.waitForScreen('keptCode');
      const shown = /[0-9A-Z]{4}(?:\s[0-9A-Z]{4})+/.exec(await page.locator('[data-screen]').innerText());
      if (shown === null) throw new Error('no code is on show');
      return shown[0].replaceAll(/\s/g, '');
    },
    enterCode: async (code) => {
      await pass('attract', 'kiosk.attract.code');
      await booth.waitForScreen('codeEntry');
      for (const character of code) await page.getByRole('button', { name: character, exact: true }).click();
      if (code.length === 8) await tap('kiosk.code.submit');
    },
  };
}
