/** What a sandboxed window has of the world outside its page: `window.findme`. */
export interface Bridge {
  /**
   * Asks for a line to core. The port of a MessageChannel follows as a message event of the window, `{ type: 'findme:port' }`; and again,
   * a new one, each time core had to be started anew.
   */
  connect(): void;
  /** Opens the staff's window over the guests'; from a kiosk's window alone. */
  openStaff(): void;
  /** Closes the window, where it is a staff's that lies over the guests'. */
  close(): void;
  /** Drops the pictures that Chromium keeps in memory although no page shows them any more. */
  forgetPictures(): void;
}

/** What the bridge posts to its own window. The port comes with the first. */
export type BridgeMessage = { type: 'findme:port' } | { type: 'findme:lost' };
