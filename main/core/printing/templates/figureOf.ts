import type { TemplateFigure } from '../../../../preload/index.ts';
import { pageOf } from './pageOf.ts';
import type { Orientation, Template, TemplateElement } from './template.ts';

/** What lies where on a template's page, to draw it small; undefined where it does not lie so. Fractions of the page. */
export function figureOf(template: Template, orientation: Orientation): TemplateFigure | undefined {
  const layout = template.layouts[orientation];
  if (layout === undefined) return undefined;
  const { width, height } = pageOf(template, orientation);
  const { copies } = layout;
  const usual = layout.elements.filter(({ when }) => when !== 'logo' && when !== 'no-link');
  const columns = Array.from({ length: copies }, (_, column) => column / copies);
  const spots = <T>(spotOf: (element: TemplateElement) => T[]) =>
    columns.flatMap((left) =>
      usual.flatMap((element) =>
        spotOf(element).map((more) => ({
          ...more,
          x: element.at.x / width + left,
          y: element.at.y / height,
          width: element.at.width / width,
          height: element.at.height / height,
        })),
      ),
    );
  return {
    photos: spots((element) => (element.kind === 'photo' ? [{ slot: element.slot }] : [])),
    codes: spots((element) => (element.kind === 'code' ? [{}] : [])),
    texts: spots((element) => (element.kind === 'text' ? [{}] : [])),
  };
}
