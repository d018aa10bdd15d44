import type { Orientation, Template } from './template.ts';

/** The page as a layout has it. */
export function pageOf({ page }: Template, orientation: Orientation): { width: number; height: number } {
  const { widthMm, heightMm } = page;
  return orientation === 'portrait' ? { width: widthMm, height: heightMm } : { width: heightMm, height: widthMm };
}
