/** The account or the admin console that hosts the page. Everything we know about their insides is in this file. */

/** The part of keycloak-js that we use. */
export interface Session {
  readonly token?: string | undefined;
  readonly subject?: string | undefined;
  readonly idTokenParsed?: { readonly sub?: string } | undefined;
  updateToken(minValidity: number): Promise<boolean>;
  login(options?: { prompt?: "login" }): Promise<void>;
}

/** Who is signed in. The access token of the admin console does not say so, for it is a lightweight one. */
export function subjectOf(session: Session): string | undefined {
  return session.subject ?? session.idTokenParsed?.sub;
}

/** What Keycloak's page says about itself. */
export interface Environment {
  readonly serverBaseUrl: string;
  readonly adminBaseUrl?: string;
  readonly realm: string;
  readonly locale?: string;
}

interface Fiber {
  readonly return: Fiber | null;
  readonly memoizedProps?: { readonly value?: { readonly keycloak?: Partial<Session> } } | null;
}

export function environment(): Environment {
  const text = document.getElementById("environment")?.textContent;
  if (!text) {
    throw new Error("This is no console of Keycloak.");
  }
  return JSON.parse(text) as Environment;
}

/**
 * The consoles hand pages like ours nothing, so this walks up from one of React's elements to the nearest provider that
 * holds the session. React 17 to 19 name the way the same; checked with Keycloak 26.7.
 */
export function findSession(element: Element): Session | undefined {
  const key = Object.keys(element).find((name) => name.startsWith("__reactFiber$"));
  let fiber = key ? (element as unknown as Record<string, Fiber | null>)[key] : null;
  for (; fiber; fiber = fiber.return) {
    const session = fiber.memoizedProps?.value?.keycloak;
    if (session?.updateToken) {
      return session as Session;
    }
  }
  return undefined;
}
