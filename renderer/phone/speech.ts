import { createContext, useContext } from 'react';
import { speeches, type Speech } from './texts.ts';

/** What the pages speak. */
export const SpeechContext = createContext<Speech>(speeches.fr);
export const useSpeech = (): Speech => useContext(SpeechContext);
