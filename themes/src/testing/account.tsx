import { cleanup, render, screen, type RenderResult } from "@testing-library/react";
import { createContext } from "react";
import AccountPage from "../account";
import type { Session } from "../shared/host";

/** As the account console does: our page is somewhere beneath a provider that holds the session. */
const Console = createContext<{ keycloak: Session } | undefined>(undefined);

export const logins: unknown[] = [];

export const session: Session = {
  token: "token-of-alice",
  subject: "u1",
  updateToken: async () => true,
  login: async (options) => {
    logins.push(options);
  },
};

export async function openPage(): Promise<RenderResult> {
  document.body.innerHTML = "";
  const script = document.createElement("script");
  script.id = "environment";
  script.type = "application/json";
  script.textContent = JSON.stringify({ serverBaseUrl: "http://localhost:8080", realm: "demo", locale: "en" });
  document.body.append(script);
  const page = render(
    <Console.Provider value={{ keycloak: session }}>
      <AccountPage />
    </Console.Provider>,
  );
  await screen.findByTestId("page-heading");
  return page;
}

export function closePage(): void {
  cleanup();
  sessionStorage.clear();
  logins.length = 0;
}
