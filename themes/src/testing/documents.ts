import type { ApiKey, Balance, IssuedKey, SelfServicePolicy } from "../shared/keys";

/** What a caller with every freedom may do. */
export function terms(over: Partial<SelfServicePolicy>): SelfServicePolicy {
  return {
    mayCreate: true,
    reason: null,
    upgradeUrl: null,
    plans: [],
    keys: 1,
    maxKeys: 3,
    defaultLifetime: "P90D",
    maxLifetime: "never",
    kinds: ["secret"],
    scopes: [],
    scopeDescriptions: {},
    limits: { rateLimit: "unlimited", ownerRateLimit: "unlimited" },
    credits: [],
    requireIp: false,
    reauthAge: null,
    gracePeriods: ["PT0S", "PT1H", "PT24H", "PT168H"],
    clientRequired: false,
    exampleUrl: null,
    ...over,
  };
}

export function key(over: Partial<ApiKey>): ApiKey {
  return {
    id: "aBcDeFgHiJkL",
    name: "ci",
    description: null,
    kind: "secret",
    preview: "kc_sk_aBcDe...",
    status: "active",
    suspended: false,
    enabled: true,
    disabledBy: null,
    owner: { type: "user", id: "u1", name: "alice" },
    scopes: [],
    audiences: [],
    allowedIps: [],
    allowedOrigins: [],
    createdAt: "2030-01-01T00:00:00Z",
    createdBy: { id: "u1", name: "alice", client: "account-console" },
    expiresAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    uses: 0,
    family: "f1",
    replacedBy: null,
    graceUntil: null,
    ...over,
  };
}

export const SECRET = "kc_sk_notARealKeyButLongEnoughToBeFoundIfItIsLeftBehind";

export function issued(over: Partial<IssuedKey>): IssuedKey {
  return { ...key({ id: "mNoPqRsTuVwX" }), key: SECRET, ...over };
}

export function balance(over: Partial<Balance>): Balance {
  return { api: "rest-api", period: "none", granted: 0, spent: 0, remaining: 0, resetsAt: null, ...over };
}
