import type { DailyUsage, KeyStatus, NewKey } from "../shared/keys";

/** Documents of the administrators' REST; src/docs/openapi.yaml describes them. */

/** What the caller may do. */
export interface Access {
  readonly viewKeys: boolean;
  readonly manageKeys: boolean;
  readonly issueKeys: boolean;
  readonly viewPolicy: boolean;
  readonly managePolicy: boolean;
}

export type OwnerType = "user" | "service-account";

/** An owner as somebody types one. */
export interface OwnerName {
  readonly type: OwnerType;
  readonly name: string;
}

export type NewKeyOfOwner = NewKey & { readonly owner: OwnerName | { readonly type: OwnerType; readonly id: string } };

/** What a list is narrowed to. */
export interface Filter {
  readonly owner?: string;
  readonly q?: string;
  readonly status?: KeyStatus;
  readonly unusedSince?: string;
  readonly neverUsed?: boolean;
  readonly expiringBefore?: string;
}

export interface Policy {
  readonly creation: string;
  readonly maxKeys: number;
  readonly defaultLifetime: string;
  readonly maxLifetime: string;
  readonly brand: string;
  readonly env: string | null;
  readonly kinds: readonly string[];
  readonly scopes: readonly string[];
  readonly requireIp: boolean;
  readonly client: string | null;
  readonly session: string;
  readonly tokenLifespan: string;
  readonly keycloakRest: boolean;
  readonly reauthAge: string | null;
  readonly upgradeUrl: string | null;
  readonly exampleUrl: string | null;
  readonly lockout: string;
  readonly timeZone: string;
  readonly rateLimit: string;
  readonly ownerRateLimit: string;
}

export interface AttributeFault {
  readonly attribute: string;
  readonly detail: string;
}

export type PolicyInForce = Policy & { readonly faults: readonly AttributeFault[] };

export interface Plan {
  readonly role: string;
  readonly maxKeys: number | null;
  readonly defaultLifetime: string | null;
  readonly maxLifetime: string | null;
  readonly faults: readonly AttributeFault[];
}

export interface HourOfUse {
  readonly keyId: string;
  readonly hour: string;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** Days from hours, as the chart of one key shows them. */
export function daily(keyId: string, hours: readonly HourOfUse[]): DailyUsage {
  const days = new Map<string, { accepted: number; rejected: number }>();
  for (const { hour, accepted, rejected } of hours) {
    const day = hour.slice(0, 10);
    const sum = days.get(day) ?? { accepted: 0, rejected: 0 };
    sum.accepted += accepted;
    sum.rejected += Object.values(rejected).reduce((all, count) => all + count, 0);
    days.set(day, sum);
  }
  return { keyId, days: [...days].map(([day, sum]) => ({ day, ...sum })) };
}

/** How often a key was refused, by reason, most frequent first. */
export function refusals(hours: readonly HourOfUse[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { rejected } of hours) {
    Object.entries(rejected).forEach(([reason, count]) => sums.set(reason, (sums.get(reason) ?? 0) + count));
  }
  return [...sums].sort(([, one], [, other]) => other - one);
}
