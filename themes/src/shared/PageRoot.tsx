import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { Boundary } from "./Boundary";
import { adoptStyles } from "./dom";
import { formatFor } from "./format";
import { environment, type Environment, type Session } from "./host";
import { PageProvider, type Page } from "./page";
import { Problem } from "./problem";
import { ProblemAlert } from "./ProblemAlert";
import { Rest } from "./rest";
import styles from "./shared.css";
import { loadTexts, textsOf, type Text } from "./texts";
import { Toast, type Notice } from "./Toast";

const ANNOUNCED_AFTER = 100;

export interface Spoken {
  readonly language: string;
  readonly t: Text;
}

interface Props {
  readonly console: "account" | "admin";
  readonly english: Readonly<Record<string, string>>;
  /** Where the page's REST is. */
  readonly base: (host: Environment) => string;
  /** How the page gets at the session, once its own element is in the document. */
  readonly session: (own: Element) => Session | undefined;
  /** Language and texts, where Keycloak's page does not say its language and they were loaded before. */
  readonly spoken?: Spoken;
  readonly children: ReactNode;
}

/** Session, language and style of a page; its content comes once they are there. */
export function PageRoot({ children, ...props }: Props): JSX.Element {
  // A page is mounted for one console and stays with it.
  const [{ console, english, base, session, spoken }] = useState(props);
  const root = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState<Page>();
  const [lost, setLost] = useState(false);
  const [notice, setNotice] = useState<Notice>();
  const announce = useCallback((text: string, action?: Notice["action"]) => {
    const next: Notice = { text, action };
    setNotice(next);
    // Emptied first, so that the same words are news again; later, when no dialog makes this silent any more.
    live.current?.replaceChildren();
    setTimeout(() => live.current?.replaceChildren(text), ANNOUNCED_AFTER);
    return () => setNotice((shown) => (shown === next ? undefined : shown));
  }, []);

  const closeToast = useCallback(() => setNotice(undefined), []);

  useEffect(() => {
    adoptStyles(styles);
    const host = environment();
    const found = root.current ? session(root.current) : undefined;
    if (!found) {
      setLost(true);
      return undefined;
    }
    let current = true;
    const rest = new Rest(found, base(host));
    const show = ({ language, t }: Spoken): void => setPage({ environment: host, session: found, rest, t, format: formatFor(language), announce });
    const speak = async (language: string): Promise<void> => {
      const t = await loadTexts(host, console, language, english);
      if (current) {
        show({ language, t });
      }
    };
    const changed = (event: Event): void => {
      const next = (event as CustomEvent<{ language?: string }>).detail?.language;
      if (next) {
        void speak(next);
      }
    };
    if (spoken) {
      show(spoken);
    } else {
      void speak(host.locale || document.documentElement.lang || "en");
    }
    window.addEventListener("languageChanged", changed);
    return () => {
      current = false;
      window.removeEventListener("languageChanged", changed);
    };
  }, [console, english, base, session, spoken, announce]);

  return (
    <div ref={root} className="ak" data-testid="api-keys" aria-busy={!page && !lost}>
      <div ref={live} className="ak-hidden" role="status" aria-live="polite" />
      {lost && <p role="alert">{textsOf(english)("apiKeysNoSession")}</p>}
      {page && (
        <PageProvider value={page}>
          <Boundary instead={(error) => <ProblemAlert problem={Problem.from(error)} />}>{children}</Boundary>
          {notice && <Toast notice={notice} onClose={closeToast} />}
        </PageProvider>
      )}
    </div>
  );
}
