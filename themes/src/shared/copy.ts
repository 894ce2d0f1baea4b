import { useCallback, useEffect, useState } from "react";

export type Copied = "no" | "yes" | "by-hand";

const SHOWN_FOR = 4000;

/**
 * Copies to the clipboard. Browsers refuse that to pages without HTTPS; then the text is selected, and people press Ctrl+C.
 */
export function useCopy(): readonly [Copied, (text: string, shownIn: HTMLElement | null) => void] {
  const [copied, setCopied] = useState<Copied>("no");

  useEffect(() => {
    if (copied !== "yes") {
      return undefined;
    }
    const timer = setTimeout(() => setCopied("no"), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = useCallback((text: string, shownIn: HTMLElement | null) => {
    const byHand = (): void => {
      select(shownIn);
      setCopied("by-hand");
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(() => setCopied("yes"), byHand);
    } else {
      byHand();
    }
  }, []);
  return [copied, copy];
}

function select(element: HTMLElement | null): void {
  if (element instanceof HTMLInputElement) {
    element.focus();
    element.select();
  } else if (element) {
    element.focus();
    window.getSelection()?.selectAllChildren(element);
  }
}
