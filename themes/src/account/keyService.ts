import type { ApiKey, Balance, DailyUsage, IssuedKey, NewKey, GracePeriod, SelfServicePolicy } from "../shared/keys";
import type { Rest } from "../shared/rest";

/** Keys are loaded in parts of this size. */
export const PART = 100;

export interface Rotation {
  readonly gracePeriod: GracePeriod;
  readonly endOnFirstUse: boolean;
}

const at = (key: ApiKey): string => `/${encodeURIComponent(key.id)}`;

/** Calls the self-service REST. */
export const keyService = {
  list: (rest: Rest, first: number, q: string) =>
    rest.send<readonly ApiKey[]>("", { query: { first, max: PART, q: q.trim() || undefined } }),
  credits: (rest: Rest) => rest.send<readonly Balance[]>("/credits"),
  terms: (rest: Rest) => rest.send<SelfServicePolicy>("/policy"),
  create: (rest: Rest, key: NewKey) => rest.send<IssuedKey>("", { method: "POST", body: key }),
  change: (rest: Rest, key: ApiKey, change: Partial<Pick<ApiKey, "name" | "description" | "enabled">>) =>
    rest.send<ApiKey>(at(key), { method: "PATCH", body: change }),
  remove: (rest: Rest, key: ApiKey) => rest.send<undefined>(at(key), { method: "DELETE" }),
  /** @param once the same for every attempt, so that a repetition after a lost response returns the same key */
  rotate: (rest: Rest, key: ApiKey, rotation: Rotation, once: string) =>
    rest.send<IssuedKey>(`${at(key)}/rotate`, { method: "POST", body: rotation, headers: { "Idempotency-Key": once } }),

  /** All of it, part by part: thirty numbers for each key that was used. */
  async usage(rest: Rest): Promise<ReadonlyMap<string, DailyUsage>> {
    const most = 1000;
    const found = new Map<string, DailyUsage>();
    for (let first = 0; ; first += most) {
      const part = await rest.send<readonly DailyUsage[]>("/usage/daily", { query: { days: 30, first, max: most } });
      part.forEach((usage) => found.set(usage.keyId, usage));
      if (part.length < most) {
        return found;
      }
    }
  },
};
