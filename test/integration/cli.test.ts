// The command line tool as a person or a script meets it: real arguments, real exit codes, what comes out of which pipe.
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { ingestResultSchema, jsonOf, remarkSchema, runCli, type CliEnd } from '../fixtures/cli.ts';
import { openBooth } from '../fixtures/core.ts';
import { filesIn, makeFolder, removeFolder, temporaryFolder } from '../fixtures/folders.ts';
import { copySamples, rolledFile, sampleFile, sceneFile, writeVariant, writeVariants } from '../fixtures/photos.ts';

const box = z.tuple([z.int(), z.int(), z.int(), z.int()]);
const matchSchema = z.strictObject({
  faces: z.int(),
  photos: z.array(
    z.strictObject({
      path: z.string(),
      score: z.number(),
      strength: z.number(),
      decision: z.enum(['sure', 'maybe']),
      box,
      copies: z.array(z.string()).optional(),
    }),
  ),
  selfie: z.strictObject({ faces: z.int(), box }),
  timings: z.strictObject({
    ingest: z.number(),
    decode: z.number(),
    detect: z.number(),
    align: z.number(),
    embed: z.number(),
    search: z.number(),
    total: z.number(),
  }),
  problems: z.array(remarkSchema),
  notes: z.array(remarkSchema),
});

const errorSchema = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), detail: z.string().optional() }),
});

const codeOf = (end: CliEnd): string => errorSchema.parse(jsonOf(end)).error.code;

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const command of ['ingest', 'match', 'evaluate', 'doctor', 'models', 'cloud', 'pin'])
      expect(stdout).toContain(`  ${command} `);
  });

  it.each([
    ['ingest', ['--photos <DIR>', '--library <DIR>', '--event <CODE>', '--json']],
    ['match', ['--photos <DIR>', '--selfie <FILE>', '--library <DIR>', '--event <CODE>', '--json', 'timings']],
    ['evaluate', ['--dir <DIR>', '--truth <FILE>', '--boxes <FILE>', '--json', 'recall', 'fpir']],
    ['doctor', ['--library <DIR>', '--json']],
  ])('explains %s', async (command, said) => {
    const { code, stdout, stderr } = await runCli([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const text of said) expect(stdout).toContain(text);
  });

  it.each([
    [['match', '--photos', '.'], '--selfie'],
    [['ingest'], '--photos'],
    [['ingest', '--photos', '.', '--fast'], '--fast'],
    [['find'], 'find'],
  ])('follows a wrong %j', async (args, culprit) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(culprit);
    expect(stderr).toContain('--help');
  });
});

describe('models', () => {
  it('lists the packs, and which one is used', async () => {
    const end = await runCli(['models', 'list', '--json']);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const { packs } = jsonOf(end) as { packs: object[] };
    expect(packs).toContainEqual(
      expect.objectContaining({ id: 'faceplugin', state: 'installed', calibrated: true, inUse: true }),
    );
    expect(packs).toContainEqual(expect.objectContaining({ id: 'buffalo_l', commercialUse: false, inUse: false }));
  });

  it.each([
    ['models.licence-not-accepted', ['install', 'buffalo_l']],
    ['models.by-setup', ['install', 'faceplugin']],
    ['models.unknown', ['install', 'nothing']],
    ['models.not-in-folder', ['install', 'opencv-zoo', '--from', '.']],
    ['models.unknown', ['verify', 'nothing']],
    ['config.not-named', ['use', 'faceplugin']],
    ['models.missing', ['use', 'opencv-zoo', '--config', 'settings.json']],
  ])('answers %s to %j', async (code, args) => {
    const end = await runCli(['models', ...args, '--json'], { cwd: await temporaryFolder() });
    expect(end.code).toBe(1);
    expect(codeOf(end)).toBe(code);
  });

  it('verifies what is there', async () => {
    const end = await runCli(['models', 'verify', '--json']);
    expect(end.code).toBe(0);
    expect(jsonOf(end)).toMatchObject({
      ok: true,
      packs: expect.arrayContaining([{ id: 'faceplugin', ok: true }]) as unknown,
    });
  });

  it('writes the chosen pack into the settings file and leaves the rest of it', async () => {
    const file = path.join(await temporaryFolder(), 'settings.json');
    const made = await runCli(['models', 'use', 'faceplugin', '--config', file, '--json']);
    expect(jsonOf(made)).toEqual({ pack: 'faceplugin', settings: file });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ models: { pack: 'faceplugin' } });

    const settings = { language: 'fr', models: { pack: 'another' }, matching: { sure: 0.6 } };
    await writeFile(file, JSON.stringify(settings));
    expect(await runCli(['models', 'use', 'faceplugin', '--config', file])).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...settings, models: { pack: 'faceplugin' } });
  });
});

describe('on the sample photos', () => {
  let folder: string;
  let photosDir: string;
  let common: string[];
  let first: CliEnd;
  beforeAll(async () => {
    folder = await makeFolder();
    photosDir = path.join(folder, 'photos');
    await mkdir(photosDir);
    await copySamples([1, 2, 3, 4, 5, 6], photosDir);
    common = ['--json', '--photos', photosDir, '--library', path.join(folder, 'library')];
    first = await runCli(['ingest', ...common], { poolSize: 2 });
  });
  afterAll(() => removeFolder(folder));

  it('ingest says what it took', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const ingested = ingestResultSchema.parse(jsonOf(first));
    expect(ingested).toMatchObject({
      library: path.join(folder, 'library'),
      files: 6,
      taken: 6,
      known: 0,
      indexed: 6,
      quarantined: 0,
      problems: [],
      notes: [],
    });
    // 3 + 3 + 3 + 4 + 5 + 4 people, some of them in profile or looking down.
    expect(ingested.faces).toBeGreaterThanOrEqual(20);
    expect(ingested.faces).toBeLessThanOrEqual(24);
  });

  it('ingest is quick about what it knows', async () => {
    const before = ingestResultSchema.parse(jsonOf(first));
    const again = ingestResultSchema.parse(jsonOf(await runCli(['ingest', ...common])));
    expect(again).toEqual({ ...before, taken: 0, known: 6, seconds: again.seconds });
    expect(again.seconds).toBeLessThan(before.seconds / 4);
  });

  it('match finds a person in two photos, and nobody else', async () => {
    const end = await runCli(['match', ...common, '--selfie', sampleFile(1)]);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const { photos, selfie, faces } = matchSchema.parse(jsonOf(end));
    expect(photos.map(({ path: file, decision }) => [file, decision])).toEqual([
      [path.join(photosDir, 'sample1.jpg'), 'sure'],
      [path.join(photosDir, 'sample3.jpg'), 'sure'],
    ]);
    expect(photos[0].score).toBeGreaterThan(photos[1].score);
    // She is the third from the left in one, the second in the other.
    expect(photos[0].box[0]).toBeGreaterThan(1400);
    expect(photos[1].box[0]).toBeGreaterThan(900);
    expect(photos[1].box[0]).toBeLessThan(1200);
    expect(selfie.faces).toBe(3);
    expect(faces).toBe(ingestResultSchema.parse(jsonOf(first)).faces);
  });

  it('match finds a stranger nowhere', async () => {
    const others = await temporaryFolder();
    await copySamples([2, 4, 6], others);
    const end = await runCli(['match', '--json', '--photos', others, '--selfie', sampleFile(1)]);
    expect(end.code).toBe(0);
    expect(matchSchema.parse(jsonOf(end)).photos).toEqual([]);
    expect(await filesIn(others)).toHaveLength(3);
  });

  it('match refuses a selfie that cannot be searched with', async () => {
    const made = await temporaryFolder();
    const blank = path.join(made, 'blank.png');
    await sharp({ create: { width: 400, height: 400, channels: 3, background: '#446688' } }).toFile(blank);
    const text = path.join(made, 'text.jpg');
    await writeFile(text, 'Dear diary');
    const empty = path.join(made, 'empty.jpg');
    await writeFile(empty, '');
    for (const [selfie, code] of [
      [blank, 'selfie.no-face'],
      [text, 'photo.not-an-image'],
      [empty, 'photo.empty'],
      [path.join(made, 'gone.jpg'), 'photo.unreadable'],
      [made, 'photo.unreadable'],
    ]) {
      const end = await runCli(['match', ...common, '--selfie', selfie]);
      expect([codeOf(end), end.code, end.stderr]).toEqual([code, 1, '']);
    }
  });

  it('talks to a person without JSON, and draws nothing into a pipe', async () => {
    const [, ...withoutJson] = common;
    const { code, stdout, stderr } = await runCli(['match', ...withoutJson, '--selfie', rolledFile]);
    expect(code).toBe(0);
    expect(stdout).toContain('sure');
    expect(stdout).toContain('photos of this person among');
    expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(stderr).toBe('');
  });
});

describe('match', () => {
  it('names photos as the folder was named, and copies beside their first', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'day 1', 'late'), { recursive: true });
    await writeVariant(sceneFile, '', path.join(folder, 'day 1', 'a.png'));
    await writeVariant(sceneFile, '', path.join(folder, 'day 1', 'late', 'b.png'));
    const end = await runCli(['match', '--json', '--photos', 'day 1', '--selfie', rolledFile], { cwd: folder });
    expect(matchSchema.parse(jsonOf(end)).photos).toMatchObject([
      { path: path.join('day 1', 'a.png'), copies: [path.join('day 1', 'late', 'b.png')] },
    ]);
    // Nothing is left of a library that nobody asked for.
    expect(await filesIn(folder)).toHaveLength(2);
  });

  it('searches the event that is named, and no other', async () => {
    const folder = await temporaryFolder();
    const library = path.join(folder, 'library');
    const [here, there] = [path.join(folder, 'here'), path.join(folder, 'there')];
    await mkdir(here);
    await mkdir(there);
    await writeVariant(sceneFile, 'here', path.join(here, 'a.png'));
    await writeVariant(sceneFile, 'there', path.join(there, 'b.png'));
    const ingested = await runCli(['ingest', '--json', '--photos', here, '--library', library, '--event', 'gala']);
    expect(ingestResultSchema.parse(jsonOf(ingested)).event).toBe('gala');
    const found = async (event: string) => {
      const args = ['match', '--json', '--photos', there, '--library', library, '--selfie', rolledFile];
      return matchSchema.parse(jsonOf(await runCli([...args, '--event', event])));
    };
    expect((await found('wedding')).faces).toBe(3);
    expect((await found('gala')).faces).toBe(6);
  });
});

describe('faults', () => {
  it('of folders', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'notes.txt'), 'not a photo');
    const library = path.join(folder, 'library');
    const ingest = (photos: string) => runCli(['ingest', '--json', '--photos', photos, '--library', library]);
    for (const [photos, code] of [
      [path.join(folder, 'nowhere'), 'folder.missing'],
      [path.join(folder, 'notes.txt'), 'folder.missing'],
      [folder, 'folder.no-photos'],
    ]) {
      const end = await ingest(photos);
      expect([codeOf(end), end.code, end.stderr]).toEqual([code, 1, '']);
    }
  });

  it('are said in the person’s language', async () => {
    const { code, stdout, stderr } = await runCli(['ingest', '--photos', '/nowhere/at/all', '--language', 'fr']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('folder.missing  Ce dossier n’existe pas.');
  });

  it('of settings', async () => {
    const end = await runCli(['ingest', '--json', '--photos', '.'], { env: { MATCHING_POOL_SIZE: 'many' } });
    expect([codeOf(end), end.code]).toEqual(['config.invalid', 1]);
  });

  it('of a library that another program has open', async () => {
    const folder = await temporaryFolder();
    const [photo] = await writeVariants(sceneFile, 1, folder);
    const libraryDir = path.join(folder, 'library');
    await openBooth({ libraryDir });
    const end = await runCli(['ingest', '--json', '--photos', path.dirname(photo), '--library', libraryDir]);
    expect([codeOf(end), end.code, end.stderr]).toEqual(['library.busy', 1, '']);
  });

  it('of a library that cannot be written, or is none', async () => {
    const folder = await temporaryFolder();
    await writeVariants(sceneFile, 1, folder);
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const ingest = (library: string) => runCli(['ingest', '--json', '--photos', folder, '--library', library]);
    const below = await ingest(path.join(file, 'library'));
    expect([codeOf(below), below.code]).toEqual(['library.not-writable', 1]);

    const libraryDir = path.join(folder, 'library');
    await mkdir(libraryDir);
    await writeFile(path.join(libraryDir, 'library.db'), 'This is not a database. '.repeat(1000));
    // Set aside and begun anew, which is said.
    const broken = await runCli(['ingest', '--photos', folder, '--library', libraryDir]);
    expect(broken.code).toBe(0);
    expect(broken.stderr).toMatch(/^library\.lost /);
    expect(await filesIn(path.join(libraryDir, 'damaged'))).toHaveLength(1);
  });

  it('of a library that is damaged in its middle', async () => {
    const folder = await temporaryFolder();
    const photosDir = path.join(folder, 'photos');
    await mkdir(photosDir);
    await writeVariants(sceneFile, 2, photosDir);
    const libraryDir = path.join(folder, 'library');
    const args = ['ingest', '--json', '--photos', photosDir, '--library', libraryDir];
    expect((await runCli(args)).code).toBe(0);

    const file = path.join(libraryDir, 'library.db');
    const whole = await readFile(file);
    const pageBytes = 4096;
    // The first page says what tables there are; each of the others holds a part of one. Some are not needed for this.
    for (let page = 2; page <= 10; page += 2) {
      const handle = await open(file, 'w');
      await handle.writeFile(whole);
      await handle.write(Buffer.alloc(pageBytes, 0x5a), 0, pageBytes, page * pageBytes);
      await handle.close();
      const end = await runCli(args);
      // From the backup that the first run left; each photo is there.
      expect([page, end.code, ingestResultSchema.parse(jsonOf(end)).indexed]).toEqual([page, 0, 2]);
    }
    expect(await filesIn(path.join(libraryDir, 'damaged'))).not.toHaveLength(0);
  });
});

describe('doctor', () => {
  it('looks at everything that the booth needs', async () => {
    const library = path.join(await temporaryFolder(), 'library');
    const end = await runCli(['doctor', '--json', '--library', library]);
    const check = z.strictObject({
      name: z.string(),
      state: z.enum(['ok', 'bad', 'unknown']),
      found: z.string(),
      code: z.string().optional(),
      mend: z.string().optional(),
    });
    const { ok, checks } = z.strictObject({ ok: z.boolean(), checks: z.array(check) }).parse(jsonOf(end));
    expect(end.code).toBe(ok ? 0 : 1);
    const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
    // How full this machine's disk is, and whether it has a camera, is not for a test to say.
    expect(states).toMatchObject({
      runtime: 'ok',
      pool: 'ok',
      models: 'ok',
      workers: 'ok',
      native: 'ok',
      library: 'ok',
    });
    expect(Object.keys(states)).toEqual(expect.arrayContaining(['disk', 'camera']));
  });

  it('says what is wrong and how to mend it', async () => {
    const folder = await temporaryFolder();
    const config = path.join(folder, 'settings.json');
    await writeFile(config, JSON.stringify({ models: { pack: 'nothing' } }));
    const { code, stdout } = await runCli(['doctor', '--config', config, '--library', path.join(folder, 'library')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/bad +models +models\.missing/);
    expect(stdout).toContain('npm run setup');
  });
});
