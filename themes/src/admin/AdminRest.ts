import type { ApiKey, Balance, IssuedKey, GracePeriod } from "../shared/keys";
import { days } from "../shared/lifetime";
import { Problem } from "../shared/problem";
import type { Rest, Tagged } from "../shared/rest";
import type { CallerPermissions, DailyApiUsage, Filter, KeyUpdate, NewKeyOfOwner, Plan, Policy, PolicySchema, EffectivePolicy } from "./documents";
import type { Route } from "./route";

/** Usage is loaded in parts of this size. */
const PART = 1000;
const SUGGESTIONS = 10;

/** Undefined for a response that says that there is no such thing. */
async function found<T>(response: Promise<T>): Promise<T | undefined> {
  try {
    return await response;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.kind === "not-found") {
      return undefined;
    }
    throw thrown;
  }
}

/** Calls the administrators' REST of one realm, and Keycloak's own for names of owners. */
export class AdminRest {
  constructor(private readonly rest: Rest) {}

  access(owner?: string): Promise<CallerPermissions> {
    return this.rest.send("/api-keys/access", { query: { owner } });
  }

  list(filter: Filter, first: number, max: number): Promise<readonly ApiKey[]> {
    return this.rest.send("/api-keys", { query: { ...filter, first, max } });
  }

  async count(filter: Filter): Promise<number> {
    return (await this.rest.send<{ count: number }>("/api-keys/count", { query: { ...filter } })).count;
  }

  key(id: string): Promise<ApiKey> {
    return this.rest.send(`/api-keys/${encodeURIComponent(id)}`);
  }

  /** Finds a key by its text, which travels in the body; undefined where this realm has no such key. */
  lookup(key: string): Promise<ApiKey | undefined> {
    return found(this.rest.send<ApiKey>("/api-keys/lookup", { method: "POST", body: { key } }));
  }

  create(key: NewKeyOfOwner): Promise<IssuedKey> {
    return this.rest.send("/api-keys", { method: "POST", body: key });
  }

  keyWithTag(id: string): Promise<Tagged<ApiKey>> {
    return this.rest.sendTagged(`/api-keys/${encodeURIComponent(id)}`);
  }

  /** @param tag of the version that was edited; the change of another version fails */
  change(id: string, change: KeyUpdate, tag?: string): Promise<ApiKey> {
    return this.rest.send(`/api-keys/${id}`, { method: "PATCH", body: change, ...(tag && { headers: { "If-Match": tag } }) });
  }

  revoke(id: string): Promise<void> {
    return this.rest.send(`/api-keys/${id}`, { method: "DELETE" });
  }

  /** @param once the same for every attempt, so that a repetition after a lost response returns the same key */
  rotate(id: string, gracePeriod: GracePeriod, once: string): Promise<IssuedKey> {
    return this.rest.send(`/api-keys/${id}/rotate`, { method: "POST", body: { gracePeriod }, headers: { "Idempotency-Key": once } });
  }

  /** Revokes the keys that the filter finds, or all without one; at most a thousand, and `more` says that some remain. */
  revokeAll(filter: Filter): Promise<{ readonly revoked: number; readonly more: boolean }> {
    const body = Object.keys(filter).length === 0 ? { all: true } : filter;
    return this.rest.send("/api-keys/revoke", { method: "POST", body });
  }

  /** The last 30 days in UTC on which keys of an owner, or that one, were used or refused; part by part. */
  async usage(owner: string, key: string | undefined, now: Date): Promise<readonly DailyApiUsage[]> {
    const from = `${new Date(now.getTime() - days(29)).toISOString().slice(0, 10)}T00:00:00Z`;
    const query = { key, owner, from, to: now.toISOString(), grain: "day", by: "api", max: PART };
    const found: DailyApiUsage[] = [];
    for (;;) {
      const part = await this.rest.send<readonly DailyApiUsage[]>("/api-keys/usage", { query: { ...query, first: found.length } });
      found.push(...part);
      if (part.length < PART) {
        return found;
      }
    }
  }

  /** The balances of an owner at every API that charges credits; none where the server has no credits jar. */
  async credits(owner: string): Promise<readonly Balance[]> {
    return (await found(this.rest.send<readonly Balance[]>("/api-keys/allowances/current", { query: { owner } }))) ?? [];
  }

  policy(): Promise<EffectivePolicy> {
    return this.rest.send("/api-keys/policy");
  }

  /** The fields of the policy, from which the page makes its form. */
  policySchema(): Promise<PolicySchema> {
    return this.rest.send("/api-keys/policy/schema");
  }

  replacePolicy(policy: Policy): Promise<EffectivePolicy> {
    return this.rest.send("/api-keys/policy", { method: "PUT", body: policy });
  }

  plans(): Promise<readonly Plan[]> {
    return this.rest.send("/api-keys/plans");
  }

  /** The name of an owner. */
  async ownerName(owner: NonNullable<Route["owner"]>): Promise<string> {
    if (owner.type === "user") {
      return (await this.rest.send<{ username: string }>(`/users/${encodeURIComponent(owner.id)}`)).username;
    }
    return (await this.rest.send<{ clientId: string }>(`/clients/${encodeURIComponent(owner.id)}`)).clientId;
  }

  /** Names that begin or contain what is typed. */
  async suggest(type: "user" | "service-account", text: string): Promise<readonly string[]> {
    if (type === "user") {
      const users = await this.rest.send<readonly { username: string }[]>("/users", {
        query: { search: text, max: SUGGESTIONS, briefRepresentation: true },
      });
      return users.map((user) => user.username);
    }
    const clients = await this.rest.send<readonly { clientId: string; serviceAccountsEnabled?: boolean }[]>("/clients", {
      query: { clientId: text, search: true, max: SUGGESTIONS },
    });
    return clients.filter((client) => client.serviceAccountsEnabled).map((client) => client.clientId);
  }

  /** The id behind a user name or else a client id; undefined where there is neither. */
  async ownerId(name: string): Promise<Route["owner"] | undefined> {
    const users = await this.rest.send<readonly { id: string }[]>("/users", { query: { username: name, exact: true } });
    if (users[0]) {
      return { type: "user", id: users[0].id };
    }
    const clients = await this.rest.send<readonly { id: string }[]>("/clients", { query: { clientId: name } });
    return clients[0] && { type: "client", id: clients[0].id };
  }
}
