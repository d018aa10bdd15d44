/** The element that the live picture is played in; it belongs to the camera and not to any screen. */
export function createCameraVideo(): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.disablePictureInPicture = true;
  // What is to be seen in it is said in words beside it.
  video.setAttribute('aria-hidden', 'true');
  return video;
}
