import { useState } from "react";
import { clearDraft, findDraft, type Draft } from "../shared/draft";
import { usePage } from "../shared/page";

/** What was typed into that dialog before the page was left to sign in; it is told once. */
export function useDraft(dialog: string): Draft | undefined {
  const { session } = usePage();
  const [draft] = useState(() => {
    const found = findDraft(session.subject);
    return found?.dialog === dialog ? found : undefined;
  });
  return draft;
}

export { clearDraft };
