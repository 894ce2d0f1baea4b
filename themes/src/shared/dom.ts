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

/** As much of the event as is looked at. */
type Navigation = Event & { readonly navigationType?: string; readonly destination?: { readonly sameDocument: boolean } };

/**
 * Refuses steps within the console while a key is shown: back, forward, and typed addresses. The console's router would
 * remove the page without a question. For steps that leave the page, the browser itself asks. Browsers permit a second step
 * that follows at once; those without a Navigation API permit the first.
 */
export function useStay(active: boolean, onAttempt: () => void = ignore): void {
  useEffect(() => {
    const { navigation } = window as { readonly navigation?: EventTarget };
    if (!active || !navigation) {
      return undefined;
    }
    const refuse = (event: Navigation): void => {
      const within = event.navigationType === "traverse" || (event.destination?.sameDocument && event.navigationType !== "reload");
      if (within && event.cancelable) {
        event.preventDefault();
        onAttempt();
      }
    };
    navigation.addEventListener("navigate", refuse);
    return () => navigation.removeEventListener("navigate", refuse);
  }, [active, onAttempt]);
}

function ignore(): void {}

/** 128 random bits as text; `crypto.randomUUID` is missing on pages without HTTPS. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
