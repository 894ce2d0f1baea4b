import type { KeyStatus, NewKey } from "../shared/keys";

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

/** An owner by name. */
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
  readonly managementClients: readonly string[];
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

/** An attribute that was set until an update of the realm left it out, and what that changed. */
export interface RemovedAttribute {
  readonly attribute: string;
  readonly effect: string;
}

export type PolicyInForce = Policy & { readonly faults: readonly AttributeFault[]; readonly removed?: readonly RemovedAttribute[] };

export interface Plan {
  readonly role: string;
  readonly maxKeys: number | null;
  readonly defaultLifetime: string | null;
  readonly maxLifetime: string | null;
  readonly rateLimit: string | null;
  readonly ownerRateLimit: string | null;
  /** Allowances such as `10000/month`, by the client ids of APIs. */
  readonly credits: Readonly<Record<string, string>>;
  readonly faults: readonly AttributeFault[];
}
