import type { IssuedKey, SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { RevealDialog } from "../shared/RevealDialog";
import { Snippet } from "../shared/Secret";
import { Tabs } from "../shared/Tabs";
import { curlSnippet, pythonSnippet, type Route } from "./snippets";

interface Props {
  readonly issued: IssuedKey;
  readonly terms: SelfServicePolicy;
  readonly onDone: () => void;
}

/** Shows a new key and, for a secret key, examples of its use. */
export function Reveal({ issued, terms, onDone }: Props): JSX.Element {
  const { t } = usePage();
  return (
    <RevealDialog
      issued={issued}
      title={t("apiKeysRevealTitle", { name: issued.name })}
      warning={t("apiKeysRevealOnce")}
      label={t("apiKeysRevealKey")}
      onDone={onDone}
    >
      {issued.kind === "secret" && <Examples issued={issued} terms={terms} />}
    </RevealDialog>
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
