import { environment, type Session } from "../shared/host";
import { Rest } from "../shared/rest";

/** Reads the language of the signed-in user from the console's REST, because its page does not contain it. */
export async function languageOf(session: Session): Promise<string> {
  const host = environment();
  const rest = new Rest(session, `${host.adminBaseUrl ?? host.serverBaseUrl}/admin/${encodeURIComponent(host.realm)}/console`);
  try {
    return (await rest.send<{ locale?: string }>("/whoami")).locale ?? "en";
  } catch {
    return "en";
  }
}
