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
import { parsePlace, type Place } from "./place";
import { placeInto, type Placement } from "./placement";
import { createRoot } from "./root";

/** The page of the admin console. It is not asked for by the console, so it comes by itself once there is a session. */
function start(): void {
  const t = textsOf(english);
  const app = document.getElementById("app");
  if (!app) {
    return;
  }
  adoptStyles(styles);
  const placement = placeInto(app);
  const fail = (text: string): void => placement.main.replaceChildren(failure(text));
  awaitSession(
    app,
    (session) => void open(placement, session).catch((thrown) => fail(t("apiKeysProblemUnexpected", { detail: String(thrown) }))),
    () => fail(t("apiKeysNoSession")),
  );
}

async function open(placement: Placement, session: Session): Promise<void> {
  const language = await languageOf(session);
  const t = await loadTexts(environment(), "admin", language, english);
  placement.label(t("apiKeys"));
  createRoot(placement.main).render(<Root placement={placement} session={session} spoken={{ language, t }} />);
}

/** In English, for without a session nobody knows the language. */
function failure(text: string): HTMLElement {
  const paragraph = document.createElement("p");
  paragraph.role = "alert";
  paragraph.className = "ak-failure";
  paragraph.textContent = text;
  return paragraph;
}

interface Props {
  readonly placement: Placement;
  readonly session: Session;
  readonly spoken: Spoken;
}

function Root({ placement, session, spoken }: Props): JSX.Element | null {
  const hash = useSyncExternalStore(placement.onMove, () => location.hash);
  const place = parsePlace(hash);
  return place ? (
    <PageRoot key={place.realm} console="admin" english={english} base={restOf(place)} session={() => session} spoken={spoken}>
      <AdminPage place={place} />
    </PageRoot>
  ) : null;
}

const restOf =
  ({ realm }: Place) =>
  (host: Environment): string =>
    `${host.adminBaseUrl ?? host.serverBaseUrl}/admin/realms/${encodeURIComponent(realm)}`;

start();
