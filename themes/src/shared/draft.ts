/**
 * The input of a dialog or form, kept for this tab until that is closed or saved: signing in again leaves
 * the page, and so does a session that ends. There is one draft, the last. No secret is ever part of it.
 */
export interface Draft {
  /** Which dialog or form, such as `create`. */
  readonly dialog: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Stored extends Draft {
  readonly subject: string;
}

const PLACE = "latchkey.draft";

/** Keeps nothing for an unknown subject. */
export function saveDraft(subject: string | undefined, draft: Draft): void {
  if (!subject) {
    return;
  }
  try {
    sessionStorage.setItem(PLACE, JSON.stringify({ ...draft, subject } satisfies Stored));
  } catch {
    // Storage may be switched off; then a draft does not outlive the page.
  }
}

export function clearDraft(): void {
  try {
    sessionStorage.removeItem(PLACE);
  } catch {
    // As above.
  }
}

/** The draft of that person, if there is one; another person's is thrown away. */
export function findDraft(subject: string | undefined): Draft | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(PLACE) ?? "null") as Stored | null;
    if (stored && stored.subject !== subject) {
      clearDraft();
      return undefined;
    }
    return stored ?? undefined;
  } catch {
    return undefined;
  }
}
