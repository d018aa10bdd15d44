import type { TemplateLook } from '../../../preload/index.ts';

/** What a number of photos can become. */
export interface Make {
  photos: number;
  templates: readonly TemplateLook[];
}

/** Those that show just as many photos, in the event's order. */
export const fitting = (templates: readonly TemplateLook[], photos: number): TemplateLook[] =>
  templates.filter((template) => template.photos === photos);

/** Those that a guest with so many photos can fill. */
export const withinReach = (templates: readonly TemplateLook[], photos: number): TemplateLook[] =>
  templates.filter((template) => template.photos <= photos);

/** Whether a guest with so many photos can print anything. */
export const doesAnyFit = (templates: readonly TemplateLook[], photos: number): boolean =>
  withinReach(templates, photos).length > 0;

/** How many photos the largest shows; 0 where there is none. */
export const mostPhotos = (templates: readonly TemplateLook[]): number =>
  Math.max(0, ...templates.map(({ photos }) => photos));

/** The templates by how many photos they show, fewest first. */
export const makesOf = (templates: readonly TemplateLook[]): Make[] =>
  [...new Set(templates.map(({ photos }) => photos))]
    .sort((a, b) => a - b)
    .map((photos) => ({ photos, templates: fitting(templates, photos) }));

/**
 * The one that is shown until the guest chooses. One with a link makes a gallery, which is kept: where there is another, that is left to
 * the guest's own choice.
 */
export const firstFor = (templates: readonly TemplateLook[], photos: number): TemplateLook | undefined => {
  const candidates = fitting(templates, photos);
  return candidates.find(({ hasLink }) => !hasLink) ?? candidates.at(0);
};
