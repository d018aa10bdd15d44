/** What texts of a template stand for. `event`: its name, or the crew's words in its place; `date`: its days; the others lead to the guest's photos. */
export const placeholders = ['event', 'date', 'code', 'url'] as const;

export type Placeholder = (typeof placeholders)[number];

const isPlaceholder = (name: string): name is Placeholder => placeholders.some((known) => known === name);

/** Each `{name}` in a text that stands for nothing. */
export const unknownIn = (text: string): string[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]).filter((name) => !isPlaceholder(name));

/** Whether a text makes sense only with a link. */
export const isOfLink = (text: string): boolean => /\{(code|url)\}/.test(text);

/**
 * A text with its placeholders filled in. What stood between two of them is not left at an end: « Zoé et Ian · {date} » without a date is « Zoé et Ian ».
 *
 * @returns empty where nothing that was to be filled in is there
 */
export function fillIn(text: string, values: Record<Placeholder, string>): string {
  const names = [...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]).filter(isPlaceholder);
  if (names.length > 0 && names.every((name) => values[name] === '')) return '';
  const filled = text.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? values[name] : whole,
  );
  return names.some((name) => values[name] === '') ? filled.replace(/^[\s·,|–—-]+|[\s·,|–—-]+$/g, '') : filled.trim();
}
