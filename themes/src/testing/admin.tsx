import { cleanup, render, screen, type RenderResult } from "@testing-library/react";
import english from "texts:admin";
import { AdminPage } from "../admin/AdminPage";
import { parseRoute } from "../admin/route";
import { PageRoot } from "../shared/PageRoot";
import { textsOf } from "../shared/texts";
import type { Session } from "../shared/host";

/** As the admin console has it: its access token says no subject. */
export const session: { -readonly [Name in keyof Session]: Session[Name] } = {
  token: "token-of-root",
  idTokenParsed: { sub: "root" },
  updateToken: async () => true,
  login: async () => undefined,
};

/** The page at that address of the admin console. */
export async function openAdmin(hash: string): Promise<RenderResult> {
  document.body.innerHTML = "";
  const script = document.createElement("script");
  script.id = "environment";
  script.type = "application/json";
  script.textContent = JSON.stringify({ serverBaseUrl: "http://localhost:8080", adminBaseUrl: "http://localhost:8080", realm: "demo" });
  document.body.append(script);
  const route = parseRoute(hash);
  if (!route) {
    throw new Error(`${hash} is no route of the page.`);
  }
  const page = render(
    <PageRoot console="admin" english={english} spoken={{ language: "en", t: textsOf(english) }} base={() => "http://localhost:8080/admin/realms/demo"} session={() => session}>
      <AdminPage route={route} />
    </PageRoot>,
  );
  await screen.findByTestId("page-heading");
  return page;
}

export function closeAdmin(): void {
  cleanup();
  sessionStorage.clear();
  session.idTokenParsed = { sub: "root" };
}
