import { environment, type Session } from "../shared/host";
import { Rest } from "../shared/rest";

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
