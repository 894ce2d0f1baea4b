import { environment, type Session } from "../shared/host";
import { Rest } from "../shared/rest";
import { loadTexts } from "../shared/texts";
import type { Placement } from "./placement";

/** The language of whoever is signed in; the page of the console does not say it, its REST does. */
export async function languageOf(session: Session): Promise<string> {
  const host = environment();
  const rest = new Rest(session, `${host.adminBaseUrl ?? host.serverBaseUrl}/admin/${encodeURIComponent(host.realm)}/console`);
  try {
    return (await rest.send<{ locale?: string }>("/whoami")).locale ?? "en";
  } catch {
    return "en";
  }
}

/** Calls our links in the console what they are called in that language. */
export async function nameLinks(session: Session, placement: Placement, english: Readonly<Record<string, string>>): Promise<void> {
  const language = await languageOf(session);
  const t = await loadTexts(environment(), "admin", language, english);
  placement.label(t("apiKeys"));
}
