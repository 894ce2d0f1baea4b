/** Documents of our REST; src/docs/openapi.yaml describes them. */

export type KeyStatus = "active" | "disabled" | "expired" | "rotating" | "revoked";
export type KeyKind = "secret" | "publishable";

export interface Party {
  readonly id: string;
  readonly name: string | null;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: KeyKind;
  readonly preview: string;
  readonly status: KeyStatus;
  /** Whether the owner has more keys now than policy and plans allow, and this one has to wait. */
  /** Null while the user federation of the owner is unreachable: plans from there are unknown. */
  readonly suspended: boolean | null;
  readonly enabled: boolean;
  /** Who switched the key off; an owner cannot switch on again what an administrator switched off. */
  readonly disabledBy: "owner" | "administrator" | null;
  readonly owner: Party & { readonly type: "user" | "service-account" };
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly allowedIps: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly createdAt: string;
  readonly createdBy: Party | null;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly lastUsedIp: string | null;
  readonly uses: number;
  readonly family: string;
  readonly replacedBy: string | null;
  readonly graceUntil: string | null;
}

/** The response to creation and rotation, the only document with the text of a key. */
export interface IssuedKey extends ApiKey {
  readonly key: string;
}

export interface NewKey {
  readonly name: string;
  readonly description?: string | null;
  readonly kind?: KeyKind;
  readonly expiresAt?: string | null;
  readonly scopes?: readonly string[];
  readonly audiences?: readonly string[];
  readonly allowedIps?: readonly string[];
  readonly allowedOrigins?: readonly string[];
}

export type Overlap = "PT0S" | "PT1H" | "PT24H" | "PT168H";

/** What a caller may do, and why not. */
export interface Terms {
  readonly mayCreate: boolean;
  readonly reason: "too-many-keys" | "plan-required" | "client-not-allowed" | "impersonated" | "forbidden" | null;
  readonly upgradeUrl: string | null;
  readonly keys: number;
  readonly maxKeys: number;
  readonly defaultLifetime: string;
  readonly maxLifetime: string;
  readonly kinds: readonly KeyKind[];
  readonly scopes: readonly string[];
  readonly scopeDescriptions: Readonly<Record<string, string>>;
  readonly requireIp: boolean;
  readonly reauthAge: string | null;
  readonly overlaps: readonly Overlap[];
  readonly clientRequired: boolean;
  readonly exampleUrl: string | null;
}

/** The days on which a key was used or tried, in UTC. */
export interface DailyUsage {
  readonly keyId: string;
  readonly days: readonly { readonly day: string; readonly accepted: number; readonly rejected: number }[];
}

/** How an owner stands at an API that takes credits. */
export interface Balance {
  /** Client id; null where the API has gone. */
  readonly api: string | null;
  readonly granted: number;
  readonly remaining: number;
  readonly resetsAt: string | null;
}

/** Whether its owner can switch it on and off. */
export function mayToggle(key: ApiKey): boolean {
  return key.enabled || key.disabledBy === null || key.disabledBy === "owner";
}

/** Whether its owner can still do anything with it but look. */
export function alive(key: ApiKey): boolean {
  return key.status === "active" || key.status === "rotating" || key.status === "disabled";
}
