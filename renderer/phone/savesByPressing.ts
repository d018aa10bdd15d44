/** Of WebKit's own phones: there a link saves to a folder of files, and a long press to the photos. */
export const savesByPressing = ({ userAgent, maxTouchPoints }: Navigator): boolean =>
  /iPhone|iPad|iPod/.test(userAgent) || (maxTouchPoints > 1 && userAgent.includes('Macintosh'));
