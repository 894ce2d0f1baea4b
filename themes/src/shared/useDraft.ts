import { useEffect } from "react";
import { subjectOf } from "./host";
import { clearDraft, saveDraft } from "./draft";
import { usePage } from "./page";

/**
 * Keeps what is typed into a dialog while it is open. Only closing it forgets: a page that is left because the session has
 * ended, or for a new login, opens the dialog as it was.
 */
export function useDraft(dialog: string, values: Readonly<Record<string, unknown>>): () => void {
  const { session } = usePage();
  const text = JSON.stringify(values);
  useEffect(() => {
    saveDraft(subjectOf(session), { dialog, values: JSON.parse(text) as Record<string, unknown> });
  }, [session, dialog, text]);
  return clearDraft;
}
