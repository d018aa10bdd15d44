// The sandboxed bridge: all that a window has of the world outside its page. Built into one file that requires nothing but Electron.
import { contextBridge, ipcRenderer, webFrame } from 'electron';
import type { Bridge, BridgeMessage } from '../bridgeContract.ts';

const post = (message: BridgeMessage, ports: readonly MessagePort[]) =>
  window.postMessage(message, location.origin, [...ports]);

ipcRenderer.on('window:port', ({ ports }) => post({ type: 'findme:port' }, ports));
ipcRenderer.on('window:lost', () => post({ type: 'findme:lost' }, []));

const bridge: Bridge = {
  connect: () => ipcRenderer.send('window:connect'),
  openStaff: () => ipcRenderer.send('window:open-staff'),
  close: () => ipcRenderer.send('window:close'),
  forgetPictures: () => webFrame.clearCache(),
};

contextBridge.exposeInMainWorld('findme', bridge);
