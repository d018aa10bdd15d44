/**
 * Copies a text as somebody would with the keyboard. The clipboard's own interface needs a permission, and this window has none.
 *
 * @returns whether it was copied; only while the window handles a touch or a key
 */
export function copyText(text: string): boolean {
  const copy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', copy, { once: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', copy);
  return isCopied;
}
