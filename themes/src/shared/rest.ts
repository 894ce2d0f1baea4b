import type { Session } from "./host";
import { withoutSecrets } from "./pastedKey";
import { Problem } from "./problem";

export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

export interface Call {
  readonly method?: Method;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A document and the version of it that a change may insist on. */
export interface Tagged<T> {
  readonly document: T;
  readonly tag: string | undefined;
}

/** After this time a request fails. */
const PATIENCE = 30_000;
/** Seconds that a token has to be good for. */
const FRESH = 5;

/** Calls our REST as the person who is signed in to the console. The token is read for each call and kept nowhere. */
export class Rest {
  /** @param base address that paths are appended to, without a slash at the end */
  constructor(
    private readonly session: Session,
    private readonly base: string,
  ) {}

  /** Returns the document of the response, `undefined` where there is none. Throws {@link Problem} and nothing else. */
  async send<T>(path: string, call: Call = {}): Promise<T> {
    return (await this.sendTagged<T>(path, call)).document;
  }

  /** The same with its `ETag`. */
  async sendTagged<T>(path: string, call: Call = {}): Promise<Tagged<T>> {
    const answer = await this.answer(path, call);
    const document = answer.status === 204 ? (undefined as T) : ((await answer.json()) as T);
    return { document, tag: answer.headers.get("ETag") ?? undefined };
  }

  private async answer(path: string, call: Call): Promise<Response> {
    let answer = await this.attempt(path, call, FRESH);
    if (answer.status === 401) {
      // The token had not expired, so the session may have ended: only a new token shows that.
      answer = await this.attempt(path, call, -1);
    }
    if (answer.status === 401) {
      // Signing in again would only bring another token like it: this one is as new as they get.
      throw new Problem("forbidden", 403, "You have no access.");
    }
    if (!answer.ok) {
      throw await Problem.read(answer);
    }
    return answer;
  }

  private async attempt(path: string, call: Call, fresh: number): Promise<Response> {
    const token = await this.token(fresh);
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "application/json", ...call.headers };
    if (call.body !== undefined) {
      headers["Content-Type"] = "application/json";
    }
    try {
      return await fetch(this.address(path, call), {
        method: call.method ?? "GET",
        headers,
        body: call.body === undefined ? null : JSON.stringify(call.body),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      throw new Problem("unreachable", 0, "The server cannot be reached.");
    }
  }

  private async token(fresh: number): Promise<string> {
    try {
      await this.session.updateToken(fresh);
    } catch {
      throw navigator.onLine === false
        ? new Problem("unreachable", 0, "The server cannot be reached.")
        : new Problem("signed-out", 401, "You are signed out.");
    }
    if (!this.session.token) {
      throw new Problem("signed-out", 401, "You are signed out.");
    }
    return this.session.token;
  }

  private address(path: string, call: Call): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) {
        // Addresses end up in logs, and people paste keys into any field.
        query.set(name, withoutSecrets(String(value)));
      }
    }
    const text = query.toString();
    return this.base + path + (text ? `?${text}` : "");
  }
}
