import type { TemplateLook } from '../../../../preload/index.ts';
import { figureOf } from './figureOf.ts';
import { isOfLink } from './placeholders.ts';
import type { Template, TemplateElement } from './template.ts';

/** A template as it is offered. */
export function lookOf(template: Template): TemplateLook {
  const { id, name, photos, page, layouts } = template;
  const { portrait, landscape } = layouts;
  const elements = [portrait, landscape].flatMap((layout) => layout?.elements ?? []);
  return {
    id,
    name,
    photos,
    aspect: page.widthMm / page.heightMm,
    turns: portrait !== undefined && landscape !== undefined,
    hasLink: elements.some(leads),
    figures: {
      ...(portrait === undefined ? {} : { portrait: figureOf(template, 'portrait') }),
      ...(landscape === undefined ? {} : { landscape: figureOf(template, 'landscape') }),
    },
  };
}

function leads(element: TemplateElement): boolean {
  if (element.kind !== 'text') return element.kind === 'code';
  const { content } = element;
  return (typeof content === 'string' ? [content] : Object.values(content)).some(isOfLink);
}
