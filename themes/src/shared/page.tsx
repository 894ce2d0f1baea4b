import { createContext, useContext } from "react";
import type { Format } from "./format";
import type { Environment, Session } from "./host";
import type { Rest } from "./rest";
import type { Text } from "./texts";
import type { Notice } from "./Toast";

/** What every part of a page needs. */
export interface Page {
  readonly environment: Environment;
  readonly session: Session;
  readonly rest: Rest;
  readonly t: Text;
  readonly format: Format;
  /** Shows a toast that says what was done, and announces it to screen readers. Returns a function that removes the toast. */
  announce(text: string, action?: Notice["action"]): () => void;
}

const PageContext = createContext<Page | undefined>(undefined);

export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) {
    throw new Error("Only within PageProvider.");
  }
  return page;
}
