import { z } from 'zod';
import { faultSchema } from './fault.ts';
import { languageSchema } from './language.ts';

// Prints, as the windows know them. A page is one sheet's picture, drawn by core to the pixel: what is shown is what is printed.

/** Where a guest takes the prints, seen from the kiosk; `desk`: from the crew. */
export const pickUps = ['left', 'right', 'below', 'desk'] as const;

/** What a guest has to have: nothing, a voucher's code, or a price that is paid to the crew. */
export const printAccesses = ['free', 'voucher', 'paid'] as const;

/** Of one order, counting each sheet. */
export const mostCopies = 10;

export const templateIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

const idSchema = z.number().int().positive();
const countSchema = z.number().int().nonnegative();

/** Fractions of a sheet's width and height, from its top left corner. */
const spotSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** What lies where on a sheet, to draw it small. `slot`: which of the photos, from 0; of each as often as it is there. */
const figureSchema = z.strictObject({
  photos: z.array(spotSchema.extend({ slot: countSchema })),
  codes: z.array(spotSchema),
  texts: z.array(spotSchema),
});

/** A template, to be chosen from. */
export const templateLookSchema = z.strictObject({
  id: templateIdSchema,
  /** In each language that it has a name in; at least one. */
  name: z.partialRecord(languageSchema, z.string().min(1)),
  /** How many photos it shows. */
  photos: z.number().int().min(1).max(9),
  /** Width divided by height of the sheet as it is held upright. */
  aspect: z.number().positive(),
  /** It lies where its photos do. */
  turns: z.boolean(),
  /** It leads to the guest's photos: choosing it makes a gallery for the phone. */
  hasLink: z.boolean(),
  /** How it looks, for each way that it can lie; undefined: not told. */
  figures: z.strictObject({ portrait: figureSchema.optional(), landscape: figureSchema.optional() }).optional(),
});

/** A sheet's picture. Its address: `pageUrl`. */
export const pageSchema = z.strictObject({
  id: z.uuid(),
  /** Pixels, as it is looked at. */
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

/** How far the sheets of an order are. */
export const orderProgressSchema = z.strictObject({
  orderId: z.uuid(),
  /**
   * `unpaid`: the crew has not taken the money yet. `waiting`: others come first. `held-up`: `trouble` says why; it goes on by itself once that is seen to.
   * `asked`: the crew has to say whether it came out.
   */
  state: z.enum(['unpaid', 'waiting', 'printing', 'held-up', 'asked', 'printed', 'cancelled']),
  sheets: z.number().int().positive(),
  printed: countSchema,
  /** Sheets that come out before its next one. */
  ahead: countSchema,
  trouble: faultSchema.optional(),
});

/** What a printer's supply of something is. */
const supplySchema = z.strictObject({
  /** In the printer's own words. */
  name: z.string(),
  /** 0 to 100; undefined where the printer does not know. */
  percent: z.number().min(0).max(100).optional(),
});

/** A printer, and how it is. */
export const printerLookSchema = z.strictObject({
  name: z.string(),
  /** As its owner calls it. */
  label: z.string(),
  state: z.enum(['idle', 'printing', 'stopped', 'missing']),
  /** Why it does not print, most pressing first; of one that prints, what it will soon lack. */
  troubles: z.array(faultSchema),
  supplies: z.array(supplySchema),
  /** How many sheets it says are left. */
  sheetsLeft: countSchema.optional(),
  /** Whether the booth prints with it. */
  isUsed: z.boolean(),
  /** The crew has told the booth to leave it alone for a while. */
  isPaused: z.boolean(),
  /** It has paper for one of the templates. */
  isFit: z.boolean(),
});

/** A sheet of an order, for the crew. */
const staffSheetSchema = z.strictObject({
  id: idSchema,
  /** From 1. */
  number: z.number().int().positive(),
  /** `unclear`: it was with a printer that has lost sight of it; the crew looks whether it came out. */
  state: z.enum(['waiting', 'printing', 'printed', 'cancelled', 'unclear']),
  printer: z.string().optional(),
  trouble: faultSchema.optional(),
});

export const staffOrderSchema = z.strictObject({
  orderId: z.uuid(),
  orderedAt: z.iso.datetime(),
  by: z.enum(['guest', 'staff']),
  templateId: templateIdSchema,
  /** undefined once the guest was erased. */
  page: pageSchema.optional(),
  isPaid: z.boolean(),
  sheets: z.array(staffSheetSchema),
});

export const voucherSchema = z.strictObject({
  code: z.string(),
  /** That it is good for, and that were ordered with it. */
  sheets: z.number().int().positive(),
  used: countSchema,
});

/** An event's own, as staff set it. */
export const printSettingsSchema = z.strictObject({
  /** Ids of the templates that guests are offered, in this order; none: all of them. */
  templates: z.array(templateIdSchema).max(24).default([]),
  /** Sheets that a guest may have, and that the event may have of guests; undefined: as many as they like. */
  mostPerGuest: z.number().int().min(1).max(1000).optional(),
  mostPerEvent: z.number().int().min(1).max(1_000_000).optional(),
  access: z.enum(printAccesses).default('free'),
  /** As it is said to a guest, with its currency. */
  price: z.string().trim().max(20).default(''),
  /** In the place of the event's name and days on the sheets. */
  caption: z.string().trim().max(60).default(''),
});

export type PickUp = (typeof pickUps)[number];
export type PrintAccess = (typeof printAccesses)[number];
export type TemplateLook = z.infer<typeof templateLookSchema>;
export type TemplateFigure = z.infer<typeof figureSchema>;
export type PrintPage = z.infer<typeof pageSchema>;
export type OrderProgress = z.infer<typeof orderProgressSchema>;
export type PrinterLook = z.infer<typeof printerLookSchema>;
export type StaffOrder = z.infer<typeof staffOrderSchema>;
export type StaffSheet = StaffOrder['sheets'][number];
export type Voucher = z.infer<typeof voucherSchema>;
export type PrintSettings = z.infer<typeof printSettingsSchema>;
