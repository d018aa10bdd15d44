export interface PhoneCamera {
  /** Hands over to the phone's own camera. A guest who changes their mind there gives no picture. */
  open: (onPicture: (picture: File) => void) => void;
}

/**
 * The phone's own camera app, which a page opens as a choice of file: over plain HTTP no page is given the camera itself.
 * The element stays in the page because iOS forgets the choice of one that is in none.
 */
export const createCamera = (page: Document): PhoneCamera => {
  const input = page.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.setAttribute('capture', 'user');
  input.hidden = true;
  page.body.append(input);
  return {
    open: (onPicture) => {
      // The same picture chosen again is a choice as well.
      input.value = '';
      input.onchange = () => {
        const picture = input.files?.item(0);
        if (picture) onPicture(picture);
      };
      input.click();
    },
  };
};
