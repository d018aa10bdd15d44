// What can be printed: the templates that come with the program and the crew's own, read once and checked.
export { loadTemplates, templatesDirOf, type TemplateProblem, type Templates } from './loadTemplates.ts';
export { lookOf } from './lookOf.ts';
export { pageOf } from './pageOf.ts';
export { fillIn, isOfLink } from './placeholders.ts';
export type {
  Orientation,
  Template,
  TemplateColour,
  TemplateElement,
  TemplateLayout,
  TemplateRect,
} from './template.ts';
