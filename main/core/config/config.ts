import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  bucketSchema,
  eventSettingsSchema,
  fail,
  languageSchema,
  ok,
  pickUps,
  providers,
  watchedFolderSchema,
  type Result,
} from '../../../preload/index.ts';

const mebibyte = 1024 ** 2;

// One core is left to the window, the database and the network; with two cores or fewer, two workers still keep the slower one from blocking a guest.
const defaultPoolSize = Math.max(2, os.availableParallelism() - 1);

// A guest before the kiosk, and all those behind phones: half of the cores, when they are needed.
const defaultGuestWorkers = Math.max(2, Math.floor(os.availableParallelism() / 2));

const sidePxSchema = z.number().int().min(480).max(8192);

/** `kiosk`: the whole display, with no way out of it for a guest. `window`: one of this size, for a person at a desk. */
const windowSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('kiosk') }),
  z.strictObject({ mode: z.literal('window'), width: sidePxSchema, height: sidePxSchema }),
]);

export const configSchema = z.strictObject({
  /** Where the database and the originals lie. */
  libraryDir: z.string().min(1),
  /** Language of what is said to a person. */
  language: languageSchema,
  /**
   * An event that is set up from here rather than by staff: it is made if there is none of this code, and at every start what is said here, and the
   * languages, folders and permissions below, go over what it has.
   */
  event: z
    .strictObject({
      /** Tells its photos from those of others in the same library. */
      code: z.string().min(1).max(200).default('event'),
      name: eventSettingsSchema.shape.name.unwrap().optional(),
      accent: eventSettingsSchema.shape.accent.unwrap().optional(),
      /** Picture files: the logo, and what the attract screen shows. */
      logo: z.string().optional(),
      attractPictures: z.array(z.string()).max(12).optional(),
      retentionDays: eventSettingsSchema.shape.retentionDays.unwrap().optional(),
      /** The network that guests' phones are to join. */
      wifi: eventSettingsSchema.shape.wifi,
    })
    .optional(),
  sources: z
    .strictObject({
      /** Folders that the event gets beside its own. Each a path, or more to say of it. */
      folders: z.array(watchedFolderSchema).default([]),
      rescanSeconds: z.number().positive().max(3600).default(5),
      /** A larger file is no photo, and is not copied to find that out. */
      maxFileBytes: z
        .number()
        .int()
        .positive()
        .default(512 * mebibyte),
    })
    .prefault({}),
  /** The room on the library's disk. */
  disk: z
    .strictObject({
      /** Staff are told when less than this part of it is free. */
      warnFraction: z.number().min(0).max(1).default(0.1),
      /** Nothing more is taken in when less than this part of it, or so many bytes, are free. */
      stopFraction: z.number().min(0).max(1).default(0.02),
      stopBytes: z
        .number()
        .int()
        .min(0)
        .default(2 * 1024 * mebibyte),
    })
    .prefault({}),
  kiosk: z
    .strictObject({
      /** The first is spoken until a guest chooses another. */
      languages: z.array(languageSchema).min(1).optional(),
      /** Whether a guest may look through all photos without a selfie. */
      mayBrowse: z.boolean().optional(),
      /** In the place of what staff chose. */
      camera: z
        .strictObject({
          /** A part of the wanted camera's name; the system's first where there is none. */
          label: z.string().min(1).optional(),
          /** By how much its picture has to be turned clockwise to stand upright. */
          rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
        })
        .optional(),
      idle: z
        .strictObject({
          /** Without a touch for so long, the guest is asked; and after so long again, everything of the visit is wiped. */
          warnAfterSeconds: z.number().positive().max(3600).default(45),
          wipeAfterSeconds: z.number().positive().max(3600).default(15),
        })
        .prefault({}),
      window: windowSchema.prefault({ mode: 'kiosk' }),
    })
    .prefault({}),
  /** Guests' own phones, in the venue's network. */
  phones: z
    .strictObject({
      isOn: z.boolean().default(true),
      /** Where it listens: of all networks, unless one is named. */
      host: z.string().default('0.0.0.0'),
      /** Where another program has it, any other is taken. */
      port: z.number().int().min(0).max(65535).default(8080),
      /** By which phones reach the machine, in the place of what it finds out: an IPv4 address or a name. */
      address: z.string().min(1).max(253).optional(),
      /** `NAME.local` in the network. */
      name: z
        .string()
        .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
        .default('findme'),
      /** PEM files of a certificate that phones trust. */
      https: z.strictObject({ certFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
      /** Selfies in wait beyond this are sent away, to come again in a moment. */
      mostWaitingSelfies: z.number().int().min(1).max(1000).default(60),
      /**
       * Whether a phone asks for an e-mail address, which nobody has to give. With `mail` and `cloud.galleryUrl` the guest is sent the link to the gallery; without
       * them nothing is sent, and it is for an organiser who does so.
       */
      asksEmail: z.boolean().default(false),
    })
    .prefault({}),
  printing: z
    .strictObject({
      isOn: z.boolean().default(true),
      /** Who brings pages to the printers: CUPS, or Electron with what the system has. `auto`: CUPS on Linux, Electron elsewhere. */
      spooler: z.enum(['auto', 'cups', 'system']).default('auto'),
      /** Where guests take their prints, seen from before the kiosk; `desk`: from the crew. */
      pickUp: z.enum(pickUps).default('right'),
      /** Folder of the crew's own templates (docs/print-templates.md); `templates` in the library if not given. */
      templatesDir: z.string().min(1).optional(),
    })
    .prefault({}),
  /** The bucket that photos are brought to; nowhere without it. Its key is given by staff, or by FINDME_CLOUD_KEY_ID and FINDME_CLOUD_KEY. */
  cloud: z
    .strictObject({
      ...bucketSchema.shape,
      /** Objects that are under way at the same time. */
      atOnce: z.number().int().min(1).max(16).default(2),
      /** Of all of them together, so that the venue's line is left to others, too. */
      mostBytesPerSecond: z.number().int().min(1_000).optional(),
      /** By which phones reach the bucket, and its prefix, from home: `https://photos.example.org/`. Without it no guest's gallery is brought there. */
      galleryUrl: z
        .url({ protocol: /^https?$/ })
        .refine((url) => url.endsWith('/') && !/[?#]/.test(url), 'an address that ends with /')
        .optional(),
    })
    .optional(),
  /** Who sends guests their links: those who have left an address and have a gallery in the cloud. Its password: FINDME_MAIL_PASSWORD, or given by staff. */
  mail: z
    .strictObject({
      host: z.string().min(1).max(253),
      port: z.number().int().min(1).max(65535).default(587),
      /** `tls`: from the first byte on. `starttls`: nothing is sent before it. `none`: in one's own network only. */
      security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
      user: z.string().min(1).optional(),
      /** `Photos <photos@example.org>` */
      from: z.string().min(3).max(320),
      /** Where answers go, if not there. */
      replyTo: z.email().optional(),
    })
    .optional(),
  /** A FindMe web service that is told of guests. Its token: FINDME_API_TOKEN, or given by staff. */
  findme: z
    .strictObject({
      url: z
        .url({ protocol: /^https?$/ })
        .refine((url) => !/[?#]/.test(url), 'an address without question or fragment'),
    })
    .optional(),
  staff: z
    .strictObject({
      /** Without a touch for so long, a session ends. */
      sessionMinutes: z.number().positive().max(1440).default(10),
      /** Whether a second display, where there is one, shows the staff's window all the time. */
      usesSecondDisplay: z.boolean().default(true),
    })
    .prefault({}),
  models: z
    .strictObject({
      /** Folder of the active pack inside the models folder. */
      pack: z.string().default('faceplugin'),
    })
    .prefault({}),
  vision: z
    .strictObject({
      /** Workers, each with one thread. */
      poolSize: z.number().int().min(1).max(64).default(defaultPoolSize),
      /** Workers beside them for selfies alone: a photo's decoding cannot be interrupted, and no guest should wait for it. */
      guestWorkers: z.number().int().min(0).max(16).default(defaultGuestWorkers),
      /**
       * What runs the networks: the processor, or the graphics of the machine, where onnxruntime can use them (`dml` on Windows, `coreml` on macOS, `cuda`,
       * `webgpu`). Those are used only if they give what the processor gives, and sooner; `auto` tries what is there.
       */
      provider: z.enum([...providers, 'auto']).default('cpu'),
      /** A worker larger than this is replaced between two pictures, bytes. */
      maxRssBytes: z
        .number()
        .int()
        .positive()
        .default(1500 * mebibyte),
      photoDeadlineMs: z.number().int().positive().default(60_000),
      selfieDeadlineMs: z.number().int().positive().default(10_000),
      /** Pictures with more pixels are refused undecoded. */
      maxPixels: z.number().int().positive().default(250_000_000),
    })
    .prefault({}),
  matching: z
    .strictObject({
      /** Comparison scores in the place of those that follow from the pack and the number of faces. */
      sure: z.number().min(-1).max(1).optional(),
      maybe: z.number().min(-1).max(1).optional(),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn') }).prefault({}),
});

export type Config = z.infer<typeof configSchema>;

const poolSizeNames = ['MATCHING_POOL_SIZE', 'MATCHING_THREAD_POOL_SIZE'] as const;

/**
 * Reads the settings: defaults, over them the file, over it the environment, over all what the caller insists on.
 *
 * @param environment FINDME_CONFIG (file), FINDME_LIBRARY, FINDME_LANGUAGE, FINDME_LOG,
 *   FINDME_WINDOW (`kiosk`, or a window's size as `1080x1920`), MATCHING_POOL_SIZE (or MATCHING_THREAD_POOL_SIZE)
 * @param insisted what the command line says
 * @returns the settings, or config.invalid with the setting's name
 */
export async function loadConfig(
  environment: NodeJS.ProcessEnv,
  insisted: { configFile?: string | undefined; libraryDir?: string | undefined; language?: string | undefined } = {},
): Promise<Result<Config>> {
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const file = insisted.configFile ?? env['FINDME_CONFIG'];
  const fromFile = file === undefined ? ok({}) : await readSettings(file);
  if (!fromFile.ok) return fromFile;

  const settings: Record<string, unknown> = {
    libraryDir: defaultLibraryDir(env),
    language: languageOf(env),
    ...fromFile.value,
    ...defined({
      libraryDir: insisted.libraryDir ?? env['FINDME_LIBRARY'],
      language: insisted.language ?? env['FINDME_LANGUAGE'],
    }),
  };
  const poolSize = poolSizeNames.map((name) => env[name]).find((value) => value !== undefined);
  if (poolSize !== undefined) overlay(settings, 'vision', { poolSize: Number(poolSize) });
  const window = env['FINDME_WINDOW'];
  if (window !== undefined) overlay(settings, 'kiosk', { window: windowOf(window) });
  const level = env['FINDME_LOG'];
  if (level !== undefined) overlay(settings, 'log', { level });

  const config = configSchema.safeParse(settings);
  if (config.success) return ok(withAbsolutePaths(config.data));
  const [issue] = config.error.issues;
  return fail('config.invalid', `${issue.path.join('.')}: ${issue.message}`);
}

/** 'kiosk' or '1080x1920'; anything else is left for the schema to refuse. */
function windowOf(text: string): unknown {
  const size = /^(\d+)x(\d+)$/.exec(text);
  return size === null ? { mode: text } : { mode: 'window', width: Number(size[1]), height: Number(size[2]) };
}

const withAbsolutePaths = (config: Config): Config => ({
  ...config,
  libraryDir: path.resolve(config.libraryDir),
  printing: {
    ...config.printing,
    ...(config.printing.templatesDir === undefined ? {} : { templatesDir: path.resolve(config.printing.templatesDir) }),
  },
  ...(config.event === undefined ? {} : { event: withAbsolutePictures(config.event) }),
  sources: {
    ...config.sources,
    folders: config.sources.folders.map((folder) => ({ ...folder, path: path.resolve(folder.path) })),
  },
});

const withAbsolutePictures = ({ logo, attractPictures, ...event }: NonNullable<Config['event']>) => ({
  ...event,
  ...(logo === undefined ? {} : { logo: path.resolve(logo) }),
  ...(attractPictures === undefined ? {} : { attractPictures: attractPictures.map((file) => path.resolve(file)) }),
});

async function readSettings(file: string): Promise<Result<Record<string, unknown>>> {
  try {
    return ok(z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8'))));
  } catch (error) {
    return fail('config.invalid', `${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Where the system keeps a program's data. */
function defaultLibraryDir(env: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  if (process.platform === 'win32') return path.join(env['LOCALAPPDATA'] ?? home, 'FindMe Kiosk', 'library');
  if (process.platform === 'darwin')
    return path.join(home, 'Library', 'Application Support', 'FindMe Kiosk', 'library');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'findme-kiosk', 'library');
}

/** The system's language; a variable that is empty says nothing. */
export function languageOf(env: NodeJS.ProcessEnv): 'fr' | 'en' {
  const named = ['LC_ALL', 'LC_MESSAGES', 'LANG'].map((name) => env[name]).find((value) => (value ?? '') !== '');
  return named?.startsWith('fr') === true ? 'fr' : 'en';
}

/** Lays values over a part of the settings. A part that is no object is left for the schema to refuse. */
function overlay(settings: Record<string, unknown>, part: string, values: object): void {
  const present = settings[part] ?? {};
  if (typeof present === 'object') settings[part] = { ...present, ...values };
}

const defined = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
