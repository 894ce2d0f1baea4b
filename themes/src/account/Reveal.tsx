import { useEffect, useReducer, useRef } from "react";
import { Alert } from "../shared/Alert";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { useLeaveGuard, useStay } from "../shared/dom";
import type { IssuedKey, SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { Secret, Snippet } from "../shared/Secret";
import { Tabs } from "../shared/Tabs";
import { curlSnippet, pythonSnippet, type Route } from "./snippets";

interface Props {
  readonly issued: IssuedKey;
  readonly terms: SelfServicePolicy;
  readonly onDone: () => void;
}

/**
 * Shows a new key once. Only one button closes the dialog. The key is then removed from the state of the parent, from two
 * properties and from the document.
 */
export function Reveal({ issued, terms, onDone }: Props): JSX.Element {
  const { t } = usePage();
  const [asked, ask] = useReducer(() => true, false);
  const root = useRef<HTMLDivElement>(null);
  useLeaveGuard(true);
  useStay(true, ask);

  useEffect(() => {
    root.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, []);

  return (
    <Dialog
      title={t("apiKeysRevealTitle", { name: issued.name })}
      wide
      testId="reveal"
      onEscape={ask}
      footer={
        <Button look="primary" onClick={onDone} data-testid="done">
          {t("apiKeysRevealDone")}
        </Button>
      }
    >
      <div ref={root} className="ak-stack">
        <Alert severity="warning" title={t("apiKeysRevealOnce")} />
        <Secret value={issued.key} label={t("apiKeysRevealKey")} />
        <div role="status">{asked && <p className="ak-strong">{t("apiKeysRevealAsk")}</p>}</div>
        {issued.kind === "secret" && <Examples issued={issued} terms={terms} />}
      </div>
    </Dialog>
  );
}

function Examples({ issued, terms }: { readonly issued: IssuedKey; readonly terms: SelfServicePolicy }): JSX.Element {
  const { t, environment } = usePage();
  const realm = `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}`;
  const route: Route = {
    tokenUrl: `${realm}/protocol/openid-connect/token`,
    apiUrl: terms.exampleUrl ?? "https://api.example.com/",
    clientRequired: terms.clientRequired,
  };
  return (
    <section>
      <h3>{t("apiKeysTryIt")}</h3>
      {!terms.exampleUrl && <p className="ak-muted">{t("apiKeysTryItAddress")}</p>}
      {terms.clientRequired && <p className="ak-muted">{t("apiKeysTryItClient")}</p>}
      <Tabs
        label={t("apiKeysTryIt")}
        tabs={[
          { name: "curl", content: <Snippet key="curl" code={curlSnippet(issued.key, route)} label="curl" /> },
          { name: "Python", content: <Snippet key="python" code={pythonSnippet(issued.key, route)} label="Python" /> },
        ]}
      />
    </section>
  );
}
