import { useEffect, useRef } from 'react';
import type { CameraSettings } from './camera/index.ts';
import styles from './CameraVideo.module.css';

export interface CameraVideoProps {
  /** The camera's own element. React is only lent it: frames are taken from it whatever screen is shown. */
  video: HTMLVideoElement;
  rotationDegrees: CameraSettings['rotationDegrees'];
}

/** The live picture, upright and mirrored, covering the box that it is put into. */
export function CameraVideo({ video, rotationDegrees }: CameraVideoProps) {
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    frame.current?.append(video);
    // Chromium pauses a video that is taken off the page. One that has no picture yet is played by the camera.
    if (video.srcObject !== null) void video.play().catch(() => undefined);
    return () => video.remove();
  }, [video]);

  return <div ref={frame} className={styles['frame']} data-turn={rotationDegrees} />;
}
