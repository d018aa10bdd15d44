import { z } from 'zod';
import { languageSchema, templateIdSchema } from '../../../../preload/index.ts';

// What is printed where, as data: a file of resources/print, or one of the crew's own (docs/print-templates.md). Lengths are millimetres of the trimmed
// page, from its top left corner.

const lengthSchema = z.number().positive();
const rectSchema = z.strictObject({ x: z.number(), y: z.number(), width: lengthSchema, height: lengthSchema });

const hex = /^#[0-9a-f]{6}$/i;
const hexSchema = z.string().regex(hex, 'a colour is #rrggbb');
const noColour = 'a colour is accent, ink, quiet or #rrggbb';
const colourSchema = z.union([z.enum(['accent', 'ink', 'quiet']), z.string().regex(hex, noColour)], {
  error: noColour,
});
const alignSchema = z.enum(['start', 'middle', 'end']);

/** An element that is there only with a logo or a link, or only without. */
const whenSchema = z.enum(['logo', 'no-logo', 'link', 'no-link']);

/** In every language the same, or in each its own. */
const contentSchema = z.union(
  [
    z.string().min(1).max(200),
    z
      .partialRecord(languageSchema, z.string().min(1).max(200))
      .refine((texts) => Object.keys(texts).length > 0, 'there is no text'),
  ],
  { error: 'content is a text, or one for each language: { "fr": …, "en": … }' },
);

const common = { at: rectSchema, when: whenSchema.optional() };

export const elementSchema = z.discriminatedUnion('kind', [
  /** `slot`: which of the photos, from 0. */
  z.strictObject({ kind: z.literal('photo'), slot: z.number().int().nonnegative(), ...common }),
  /** The event's; as large as there is room. */
  z.strictObject({ kind: z.literal('logo'), align: alignSchema.default('middle'), ...common }),
  z.strictObject({
    kind: z.literal('text'),
    /** With {event}, {date}, {code} and {url} in the place of what they stand for. */
    content: contentSchema,
    face: z.enum(['display', 'text']).default('text'),
    /** Points; less where there is no room. */
    sizePt: z.number().min(5).max(144),
    colour: colourSchema.default('ink'),
    align: alignSchema.default('middle'),
    mostLines: z.number().int().min(1).max(4).default(1),
    ...common,
  }),
  /** The way to the guest's photos. */
  z.strictObject({ kind: z.literal('code'), ...common }),
  z.strictObject({ kind: z.literal('box'), colour: colourSchema, ...common }),
]);

const layoutSchema = z.strictObject({
  /** The page falls into so many equal columns, to be cut apart, each with the same on it: elements are placed in the first. */
  copies: z.number().int().min(1).max(4).default(1),
  /** Back to front. */
  elements: z.array(elementSchema).min(1, 'there is nothing on it').max(60),
});

const sideSchema = z.number().min(40, 'at least 40 mm').max(330, 'at most 330 mm');

export const templateSchema = z.strictObject({
  version: z.literal(1, { error: 'this program knows version 1' }),
  id: templateIdSchema,
  name: z
    .partialRecord(languageSchema, z.string().trim().min(1).max(40))
    .refine((names) => Object.keys(names).length > 0, 'there is no name'),
  /** Held upright, after it was cut. */
  page: z
    .strictObject({ widthMm: sideSchema, heightMm: sideSchema })
    .refine(({ widthMm, heightMm }) => widthMm <= heightMm, 'it is held upright: no wider than high'),
  /** What lies nearer to the edge may be cut off: printers and knives are not exact. */
  safeMm: z.number().min(0).max(20).default(3),
  background: hexSchema.default('#ffffff'),
  photos: z.number().int().min(1).max(9),
  /** `landscape`: the page lies. Where there are both, the photos decide. */
  layouts: z
    .strictObject({ portrait: layoutSchema.optional(), landscape: layoutSchema.optional() })
    .refine(({ portrait, landscape }) => portrait ?? landscape, 'there is neither portrait nor landscape'),
});

export const orientations = ['portrait', 'landscape'] as const;

export type Orientation = (typeof orientations)[number];
export type Template = z.output<typeof templateSchema>;
export type TemplateLayout = z.output<typeof layoutSchema>;
export type TemplateElement = z.output<typeof elementSchema>;
export type TemplateRect = z.output<typeof rectSchema>;
export type TemplateColour = z.output<typeof colourSchema>;
