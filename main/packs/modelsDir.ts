import path from 'node:path';

/**
 * The folder of packs, as seen from the folder of built entries: at the root of the tree, or, once the tree has been packed into an
 * archive, beside that. The networks are opened by onnxruntime, which knows nothing of archives; and a pack can be added there.
 */
export function modelsDirOf(entriesDir: string): string {
  const tree = path.resolve(entriesDir, '../..');
  return path.join(path.extname(tree) === '.asar' ? path.dirname(tree) : tree, 'models');
}
