import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { problemOf } from './problemOf.ts';
import { templateSchema, type Template } from './template.ts';

/** One of the crew's own files that cannot be used, and why, in English. */
export interface TemplateProblem {
  file: string;
  problem: string;
}

export interface Templates {
  templates: Template[];
  problems: TemplateProblem[];
}

// In the order that they are offered in.
const builtInIds = ['full', 'border', 'square', 'strip', 'collage', 'link'];

const mostBytes = 256 * 1024;

/**
 * The templates as seen from the folder of built entries: at the root of the tree, or, once the tree has been packed into an archive, beside that, where
 * they can be looked at.
 */
export function templatesDirOf(entriesDir: string): string {
  const tree = path.resolve(entriesDir, '../..');
  return path.extname(tree) === '.asar'
    ? path.join(path.dirname(tree), 'print')
    : path.join(tree, 'resources', 'print');
}

/**
 * Reads the templates that come with the program, then the crew's own. An own one with the id of one that is there already takes its place.
 *
 * @param ownDir a folder that does not exist holds none
 * @throws Error where one that comes with the program cannot be used
 */
export async function loadTemplates(dirs: { builtInDir: string; ownDir?: string | undefined }): Promise<Templates> {
  const templates = new Map<string, Template>();
  for (const id of builtInIds) {
    const read = await readTemplate(path.join(dirs.builtInDir, `${id}.json`));
    if ('problem' in read) throw new Error(`${id}.json: ${read.problem}`);
    templates.set(id, read.template);
  }
  const problems: TemplateProblem[] = [];
  const fileOf = new Map<string, string>();
  for (const file of await ownFiles(dirs.ownDir, problems)) {
    const read = await readTemplate(path.join(dirs.ownDir ?? '', file));
    if ('problem' in read) {
      problems.push({ file, problem: read.problem });
      continue;
    }
    const { id } = read.template;
    const taken = fileOf.get(id);
    if (taken !== undefined) problems.push({ file, problem: `its id “${id}” is that of ${taken} already` });
    else {
      fileOf.set(id, file);
      templates.set(id, read.template);
    }
  }
  return { templates: [...templates.values()], problems };
}

async function ownFiles(ownDir: string | undefined, problems: TemplateProblem[]): Promise<string[]> {
  if (ownDir === undefined) return [];
  try {
    const names = await readdir(ownDir);
    return names.filter((name) => name.toLowerCase().endsWith('.json') && !name.startsWith('.')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    problems.push({ file: ownDir, problem: `the folder cannot be read: ${messageOf(error)}` });
    return [];
  }
}

async function readTemplate(file: string): Promise<{ template: Template } | { problem: string }> {
  let data: unknown;
  try {
    if ((await stat(file)).size > mostBytes) return { problem: 'it is too large to be a template' };
    data = JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (error) {
    return { problem: `it cannot be read as JSON: ${messageOf(error)}` };
  }
  const parsed = templateSchema.safeParse(data);
  if (!parsed.success) return { problem: inWords(parsed.error.issues[0], data) };
  const problem = problemOf(parsed.data);
  return problem === undefined ? { template: parsed.data } : { problem };
}

/** « portrait: element 3 (text), at.width: … » */
function inWords(issue: z.core.$ZodIssue, data: unknown): string {
  const [first, orientation, part, index, ...rest] = issue.path;
  const message = issue.message.replace(/^Invalid input: /, '').replace(/^Unrecognized keys?: /, 'nothing is called ');
  if (first !== 'layouts' || part !== 'elements' || typeof index !== 'number') {
    return [...(issue.path.length === 0 ? [] : [issue.path.map(String).join('.')]), message].join(': ');
  }
  const kind = valueAt(data, [first, orientation, part, index, 'kind']);
  const element = `element ${String(index + 1)}${typeof kind === 'string' ? ` (${kind})` : ''}`;
  const field = rest.length === 0 ? '' : `, ${rest.map(String).join('.')}`;
  return `${String(orientation)}: ${element}${field}: ${message}`;
}

const valueAt = (data: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
