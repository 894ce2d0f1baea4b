import { useEffect } from "react";

const adopted = new Set<string>();

/** As a constructed style sheet: allowed under `style-src 'self'`, and one file less to serve. */
export function adoptStyles(text: string): void {
  if (!adopted.has(text)) {
    adopted.add(text);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
}

/** While that is so, the browser asks before it leaves the page. */
export function useLeaveGuard(active: boolean): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [active]);
}

/**
 * While that is so, the browser's back and forward lead nowhere within the console, whose router would take away what is
 * shown without a question. The router is not told: the address is what it was before it looks.
 */
export function useStay(active: boolean, onAttempt: () => void = ignore): void {
  useEffect(() => {
    if (!active) {
      return undefined;
    }
    const address = location.href;
    const state: unknown = history.state;
    const stay = (event: PopStateEvent): void => {
      if (location.href !== address) {
        event.stopImmediatePropagation();
        // Not history.forward(), for one may have gone either way and any number of steps.
        history.pushState(state, "", address);
        onAttempt();
      }
    };
    window.addEventListener("popstate", stay, { capture: true });
    return () => window.removeEventListener("popstate", stay, { capture: true });
  }, [active, onAttempt]);
}

function ignore(): void {}

/** 128 random bits as text; `crypto.randomUUID` is missing on pages without HTTPS. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
