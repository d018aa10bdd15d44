const longestSidePx = 1600;
const quality = 0.9;

export interface Size {
  width: number;
  height: number;
}

/** The size that a picture is sent in; a small one is not blown up. */
export const sentSize = ({ width, height }: Size): Size => {
  const scale = Math.min(1, longestSidePx / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

/**
 * A camera's picture made small enough for a venue's Wi-Fi: a fifth of a megabyte instead of five. The longest side is 1600 px, in which a face
 * at arm's length is still larger than what the models look at.
 *
 * @returns JPEG, upright; the picture itself where this browser cannot draw it
 */
export const shrinkPicture = async (picture: Blob): Promise<Blob> => {
  const url = URL.createObjectURL(picture);
  try {
    // An <img> is drawn upright by every browser since Safari 13.1 and Chrome 81; createImageBitmap only by later ones.
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = sentSize({ width: image.naturalWidth, height: image.naturalHeight });
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    const small = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', quality);
    });
    return small ?? picture;
  } catch {
    return picture;
  } finally {
    URL.revokeObjectURL(url);
  }
};
