import type { CallerPermissions, EffectivePolicy, Policy } from "../admin/documents";

/** The rules of a new realm. */
export function policy(over: Partial<Policy>): Policy {
  return {
    creation: "admins",
    maxKeys: 10,
    defaultLifetime: "P90D",
    maxLifetime: "never",
    brand: "kc",
    env: null,
    kinds: ["secret"],
    scopes: [],
    requireIp: false,
    client: null,
    session: "transient",
    tokenLifespan: "PT5M",
    keycloakRest: false,
    reauthAge: null,
    managementClients: ["account-console"],
    upgradeUrl: null,
    exampleUrl: null,
    lockout: "honor",
    timeZone: "UTC",
    rateLimit: "unlimited",
    ownerRateLimit: "unlimited",
    ...over,
  };
}

export function inForce(over: Partial<EffectivePolicy>): EffectivePolicy {
  return { ...policy({}), faults: [], removed: [], ...over };
}

/** An administrator with every permission. */
export function access(over: Partial<CallerPermissions>): CallerPermissions {
  return { viewKeys: true, manageKeys: true, issueKeys: true, viewPolicy: true, managePolicy: true, ...over };
}
