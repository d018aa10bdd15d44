import { defineConfig } from 'vite';
import { pagesForPhones } from './vite.phone.config.ts';

// The page that opens galleries in the cloud. It lies in the bucket, wherever in it, as `g` (galleryPagePath), and all that it loads beside it.
export default defineConfig(pagesForPhones('renderer/phone/cloud', './', '../../../out/gallery', 'gallery'));
