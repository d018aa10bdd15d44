import type { DetectorRecipe } from '../../../packs/index.ts';
import { blazeface } from './blazeface.ts';
import type { Decode } from './detection.ts';
import { retinaface } from './retinaface.ts';
import { scrfd } from './scrfd.ts';
import { ultraface } from './ultraface.ts';
import { yunet } from './yunet.ts';

/** How the outputs of a detector of this recipe become boxes. */
export function decoderFor(recipe: DetectorRecipe): Decode {
  switch (recipe.family) {
    case 'ultraface':
      return ultraface(recipe);
    case 'scrfd':
      return scrfd(recipe);
    case 'yunet':
      return yunet(recipe);
    case 'retinaface':
      return retinaface(recipe);
    case 'blazeface':
      return blazeface(recipe);
  }
}
