import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillIn, loadTemplates, lookOf, templatesDirOf } from '../../main/core/printing/templates/index.ts';
import { templateLookSchema } from '../../preload/index.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { entriesDir, repoRoot } from '../fixtures/pack.ts';

const builtInDir = templatesDirOf(entriesDir);

/** A template that is in order, with some of it otherwise. */
const postcard = (change: object = {}) => ({
  version: 1,
  id: 'postcard',
  name: { fr: 'Carte postale' },
  page: { widthMm: 100, heightMm: 148 },
  photos: 1,
  layouts: { portrait: { elements: [photo()] } },
  ...change,
});
const photo = (change: object = {}) => ({
  kind: 'photo',
  slot: 0,
  at: { x: 0, y: 0, width: 100, height: 120 },
  ...change,
});
const text = (change: object = {}) => ({
  kind: 'text',
  content: '{event}',
  sizePt: 12,
  at: { x: 10, y: 125, width: 80, height: 10 },
  ...change,
});
const code = (at: object) => ({ kind: 'code', at: { x: 10, y: 123, width: 20, height: 20, ...at } });
const withElements = (...elements: object[]) =>
  postcard({ layouts: { portrait: { elements: [photo(), ...elements] } } });

/** What is said of an own template that has this in it. */
async function problemOf(content: unknown): Promise<string | undefined> {
  const ownDir = await temporaryFolder();
  await writeFile(path.join(ownDir, 'own.json'), typeof content === 'string' ? content : JSON.stringify(content));
  const { problems } = await loadTemplates({ builtInDir, ownDir });
  for (const { file } of problems) expect(file).toBe('own.json');
  return problems.at(0)?.problem;
}

describe('the templates that come with the program', () => {
  it('are found from the tree and from a package', () => {
    expect(builtInDir).toBe(path.join(repoRoot, 'resources', 'print'));
    const packed = path.resolve('/opt/FindMe Kiosk/resources/app.asar/out/main');
    expect(templatesDirOf(packed)).toBe(path.resolve('/opt/FindMe Kiosk/resources/print'));
  });

  it('are six, for 4 x 6 inches, each with a name in every language', async () => {
    const { templates, problems } = await loadTemplates({ builtInDir });
    expect(problems).toEqual([]);
    expect(templates.map(({ id, photos }) => [id, photos])).toEqual([
      ['full', 1],
      ['border', 1],
      ['square', 1],
      ['strip', 3],
      ['collage', 4],
      ['link', 1],
    ]);
    for (const { page, name } of templates) {
      expect(page).toEqual({ widthMm: 101.6, heightMm: 152.4 });
      expect(Object.keys(name)).toEqual(['fr', 'en']);
    }
  });

  it('are offered as what they are', async () => {
    const { templates } = await loadTemplates({ builtInDir });
    const looks = templates.map((template) => templateLookSchema.parse(lookOf(template)));
    expect(looks.filter(({ hasLink }) => hasLink).map(({ id }) => id)).toEqual(['link']);
    expect(looks.filter(({ turns }) => !turns).map(({ id }) => id)).toEqual(['square', 'strip']);
    for (const { aspect } of looks) expect(aspect).toBeCloseTo(2 / 3, 6);
  });

  it('throw where they are gone: they are a part of the program', async () => {
    await expect(loadTemplates({ builtInDir: await temporaryFolder() })).rejects.toThrow('full.json');
  });
});

describe('the crew’s own', () => {
  it('come after those, and one with the id of one takes its place', async () => {
    const ownDir = await temporaryFolder();
    await writeFile(path.join(ownDir, 'b.json'), JSON.stringify(postcard()));
    await writeFile(path.join(ownDir, 'a.json'), JSON.stringify(postcard({ id: 'full', name: { en: 'Ours' } })));
    await writeFile(path.join(ownDir, 'notes.txt'), 'not a template');
    const { templates, problems } = await loadTemplates({ builtInDir, ownDir });
    expect(problems).toEqual([]);
    expect(templates.map(({ id }) => id)).toEqual([
      ...['full', 'border', 'square', 'strip', 'collage', 'link'],
      'postcard',
    ]);
    expect(templates[0].name).toEqual({ en: 'Ours' });
  });

  it('may be none: the folder need not be there', async () => {
    const ownDir = path.join(await temporaryFolder(), 'none');
    expect((await loadTemplates({ builtInDir, ownDir })).problems).toEqual([]);
  });

  it('are used where others beside them cannot be', async () => {
    const ownDir = await temporaryFolder();
    await writeFile(path.join(ownDir, 'a.json'), '{');
    await writeFile(path.join(ownDir, 'b.json'), JSON.stringify(postcard()));
    await writeFile(path.join(ownDir, 'c.json'), JSON.stringify(postcard()));
    await mkdir(path.join(ownDir, 'd.json'));
    const { templates, problems } = await loadTemplates({ builtInDir, ownDir });
    expect(templates.map(({ id }) => id)).toContain('postcard');
    expect(problems.map(({ file }) => file)).toEqual(['a.json', 'c.json', 'd.json']);
    expect(problems[1].problem).toBe('its id “postcard” is that of b.json already');
  });

  it('may be edited from a copy of one of ours, whatever editor wrote it', async () => {
    const ownDir = await temporaryFolder();
    const copy = await readFile(path.join(builtInDir, 'border.json'), 'utf8');
    await writeFile(path.join(ownDir, 'copy.json'), `\uFEFF${copy.replace('"border"', '"ours"')}`);
    const { templates, problems } = await loadTemplates({ builtInDir, ownDir });
    expect(problems).toEqual([]);
    expect(templates.at(-1)?.id).toBe('ours');
  });

  it('can be read when the folder cannot: that is said', async () => {
    const ownDir = path.join(await temporaryFolder(), 'file');
    await writeFile(ownDir, '');
    const { templates, problems } = await loadTemplates({ builtInDir, ownDir });
    expect(templates).toHaveLength(6);
    expect(problems).toMatchObject([{ file: ownDir, problem: expect.stringContaining('cannot be read') as unknown }]);
    await rm(ownDir);
  });
});

describe('what is wrong with a template', () => {
  it.each([
    ['not JSON', 'hello', /^it cannot be read as JSON: /],
    ['another version', postcard({ version: 2 }), 'version: this program knows version 1'],
    ['an id with blanks', postcard({ id: 'My card' }), 'id: small letters, digits and hyphens'],
    ['no name', postcard({ name: {} }), 'name: there is no name'],
    ['a page that lies', postcard({ page: { widthMm: 148, heightMm: 100 } }), /^page: it is held upright/],
    ['no layout', postcard({ layouts: {} }), 'layouts: there is neither portrait nor landscape'],
    ['a word too many', postcard({ colour: 'red' }), 'nothing is called "colour"'],
    [
      'a rectangle without a width',
      withElements(text({ at: { x: 10, y: 125, height: 10 } })),
      'portrait: element 2 (text), at.width: expected number, received undefined',
    ],
    [
      'a colour that is none',
      withElements(text({ colour: 'red' })),
      'portrait: element 2 (text), colour: a colour is accent, ink, quiet or #rrggbb',
    ],
    [
      'a text near the edge',
      withElements(text({ at: { x: 1, y: 125, width: 80, height: 10 } })),
      'portrait: element 2 (text) lies less than 3 mm from the edge, where it may be cut off',
    ],
    [
      'a code near the lower edge',
      withElements(code({ y: 126 })),
      'portrait: element 2 (code) lies less than 3 mm from the edge, where it may be cut off',
    ],
    [
      'a photo beyond the page',
      postcard({ layouts: { portrait: { elements: [photo({ at: { x: 0, y: 60, width: 100, height: 100 } })] } } }),
      'portrait: element 1 (photo) reaches beyond the page (100 × 148 mm)',
    ],
    [
      'a photo along the edge',
      postcard({ layouts: { portrait: { elements: [photo({ at: { x: 0, y: 0, width: 5, height: 120 } })] } } }),
      'portrait: element 1 (photo) lies for the most part where it may be cut off',
    ],
    [
      'a photo wider than half of what is cut in the middle',
      postcard({ layouts: { portrait: { copies: 2, elements: [photo()] } } }),
      'portrait: element 1 (photo) reaches beyond the page (50 × 148 mm)',
    ],
    [
      'a slot that is none',
      withElements(photo({ slot: 1 })),
      'portrait: element 2 (photo) shows slot 1; the last is 0',
    ],
    ['a slot that nothing shows', postcard({ photos: 2 }), 'portrait: no photo element shows slot 1'],
    [
      'a text on a photo',
      withElements(text({ at: { x: 10, y: 100, width: 80, height: 10 } })),
      'portrait: element 2 (text) lies on element 1 (photo)',
    ],
    ['a code on a photo', withElements(code({ y: 110 })), 'portrait: element 2 (code) lies on element 1 (photo)'],
    ['a text on a code', withElements(code({}), text()), 'portrait: element 3 (text) lies on element 2 (code)'],
    ['a code that is not square', withElements(code({ width: 25 })), 'portrait: element 2 (code) is not square'],
    [
      'a code too small to be read',
      withElements(code({ width: 12, height: 12 })),
      'portrait: element 2 (code) is too small to be read: at least 15 mm',
    ],
    [
      'a placeholder that is none',
      withElements(text({ content: '{venue}' })),
      'portrait: element 2 (text) has {venue}, which stands for nothing',
    ],
    [
      'a code where there is no link',
      withElements({ ...code({}), when: 'no-link' }),
      'portrait: element 2 (code) is never there: without a link there is none',
    ],
  ])('is said in words: %s', async (_what, content, problem) => {
    const said = await problemOf(content);
    if (typeof problem === 'string') expect(said).toBe(problem);
    else expect(said).toMatch(problem);
  });

  it.each([
    [
      'a box beneath a photo',
      postcard({
        layouts: {
          portrait: {
            elements: [{ kind: 'box', colour: 'accent', at: { x: 0, y: 0, width: 100, height: 148 } }, photo()],
          },
        },
      }),
    ],
    ['a text in the place of a logo', withElements({ kind: 'logo', at: text().at }, text({ when: 'no-logo' }))],
    ['a code in the place of a text', withElements(code({}), text({ when: 'no-link' }))],
    ['words of its own in two languages', withElements(text({ content: { fr: 'Merci', en: 'Thank you' } }))],
  ])('is nothing: %s', async (_what, content) => {
    expect(await problemOf(content)).toBeUndefined();
  });
});

describe('fillIn', () => {
  const values = { event: 'Zoé & Ian', date: '12 juin', code: '7KQ4', url: '' };
  it.each([
    ['{event}, {date}', 'Zoé & Ian, 12 juin'],
    ['{event} · {url}', 'Zoé & Ian'],
    ['{url} — {date}', '12 juin'],
    ['Code: {code}', 'Code: 7KQ4'],
    ['{url}', ''],
    ['à {url}', ''],
    ['– merci –', '– merci –'],
  ])('%s', (content, filled) => {
    expect(fillIn(content, values)).toBe(filled);
  });
});
