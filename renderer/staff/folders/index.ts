// Folders of this machine, for a finger: the system's own dialog is made for a mouse, and would open over the kiosk.
export { FolderBrowser } from './FolderBrowser.tsx';
