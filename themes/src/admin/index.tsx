import { useSyncExternalStore } from "react";
import english from "texts:admin";
import { adoptStyles } from "../shared/dom";
import { environment, findSession, type Environment, type Session } from "../shared/host";
import { PageRoot } from "../shared/PageRoot";
import { loadTexts } from "../shared/texts";
import styles from "./admin.css";
import { AdminPage } from "./AdminPage";
import { languageOf } from "./language";
import { parsePlace, type Place } from "./place";
import { placeInto, type Placement } from "./placement";
import { createRoot } from "./root";

/** The page of the admin console. It is not asked for by the console, so it comes by itself once there is a session. */
function start(): void {
  const app = document.getElementById("app");
  if (!app) {
    return;
  }
  adoptStyles(styles);
  const placement = placeInto(app);
  const menu = new MutationObserver(() => mount());
  const mount = (): void => {
    const session = sessionOf(app);
    if (session) {
      menu.disconnect();
      void open(placement, session);
    }
  };
  menu.observe(app, { childList: true, subtree: true });
  mount();
}

async function open(placement: Placement, session: Session): Promise<void> {
  const language = await languageOf(session);
  const t = await loadTexts(environment(), "admin", language, english);
  placement.label(t("apiKeys"));
  createRoot(placement.main).render(<Root placement={placement} session={session} language={language} />);
}

/** The menu is drawn once somebody is signed in. */
function sessionOf(app: HTMLElement): Session | undefined {
  const menu = app.querySelector("nav");
  return menu ? findSession(menu) : undefined;
}

interface Props {
  readonly placement: Placement;
  readonly session: Session;
  readonly language: string;
}

function Root({ placement, session, language }: Props): JSX.Element | null {
  const hash = useSyncExternalStore(placement.onMove, () => location.hash);
  const place = parsePlace(hash);
  return place ? (
    <PageRoot key={place.realm} console="admin" english={english} base={restOf(place)} session={() => session} language={language}>
      <AdminPage place={place} />
    </PageRoot>
  ) : null;
}

const restOf =
  ({ realm }: Place) =>
  (host: Environment): string =>
    `${host.adminBaseUrl ?? host.serverBaseUrl}/admin/realms/${encodeURIComponent(realm)}`;

start();
