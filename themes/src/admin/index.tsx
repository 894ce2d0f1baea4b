import { useSyncExternalStore } from "react";
import english from "texts:admin";
import { adoptStyles } from "../shared/dom";
import { environment, type Environment, type Session } from "../shared/host";
import { PageRoot, type Spoken } from "../shared/PageRoot";
import { loadTexts, textsOf } from "../shared/texts";
import styles from "./admin.css";
import { AdminPage } from "./AdminPage";
import { awaitSession } from "./awaitSession";
import { languageOf } from "./language";
import { parseRoute, type Route } from "./route";
import { integrateInto, type ConsoleIntegration } from "./consoleIntegration";
import { createRoot } from "./root";

/** Starts the page of the admin console once there is a session. */
function start(): void {
  const t = textsOf(english);
  const app = document.getElementById("app");
  if (!app) {
    return;
  }
  adoptStyles(styles);
  const integration = integrateInto(app);
  const fail = (text: string): void => integration.main.replaceChildren(failure(text));
  awaitSession(
    app,
    (session) => void open(integration, session).catch((thrown) => fail(t("apiKeysProblemUnexpected", { detail: String(thrown) }))),
    () => fail(t("apiKeysNoSession")),
  );
}

async function open(integration: ConsoleIntegration, session: Session): Promise<void> {
  const language = await languageOf(session);
  const t = await loadTexts(environment(), "admin", language, english);
  integration.label(t("apiKeys"));
  createRoot(integration.main).render(<Root integration={integration} session={session} spoken={{ language, t }} />);
}

/** In English, because the language is unknown without a session. */
function failure(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.role = "alert";
  paragraph.className = "ak-failure";
  paragraph.textContent = text;
  return paragraph;
}

interface Props {
  readonly integration: ConsoleIntegration;
  readonly session: Session;
  readonly spoken: Spoken;
}

function Root({ integration, session, spoken }: Props): JSX.Element | null {
  const hash = useSyncExternalStore(integration.onMove, () => location.hash);
  const route = parseRoute(hash);
  return route ? (
    <PageRoot key={route.realm} console="admin" english={english} base={restOf(route)} session={() => session} spoken={spoken}>
      <AdminPage route={route} />
    </PageRoot>
  ) : null;
}

const restOf =
  ({ realm }: Route) =>
  (host: Environment): string =>
    `${host.adminBaseUrl ?? host.serverBaseUrl}/admin/realms/${encodeURIComponent(realm)}`;

start();
