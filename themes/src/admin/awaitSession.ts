import { findSession, type Session } from "../shared/host";

/** After this time a menu without a session counts as an error. */
const PATIENCE = 10_000;

/**
 * Waits for the session, which exists once the console has drawn its menu.
 *
 * @param lost called when it takes so long that something has to be said; the session may still be found afterwards
 */
export function awaitSession(app: HTMLElement, found: (session: Session) => void, lost: () => void, patience = PATIENCE): void {
  const late = setTimeout(lost, patience);
  const look = (): void => {
    const menu = app.querySelector("nav");
    const session = menu && findSession(menu);
    if (session) {
      clearTimeout(late);
      drawn.disconnect();
      found(session);
    }
  };
  const drawn = new MutationObserver(look);
  drawn.observe(app, { childList: true, subtree: true });
  look();
}
