import type { CallerPermissions, EffectivePolicy, Policy, PolicyFieldSchema, PolicySchema } from "../admin/documents";

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

const TEXT = { type: "string" };
const LIST = { type: "array", items: { type: "string" } } as const;
const choice = (...values: readonly (string | null)[]): Partial<PolicyFieldSchema> => ({ type: "string", enum: values });
const field = (group: string, part: Partial<PolicyFieldSchema>): PolicyFieldSchema => ({ type: "string", default: null, description: "must be valid", "x-group": group, ...part });

/** The fields of the policy, as far as the form reads them. */
export const schema: PolicySchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  additionalProperties: false,
  properties: {
    creation: field("creation", choice("everyone", "plan", "admins")),
    maxKeys: field("creation", { type: "integer" }),
    defaultLifetime: field("newKeys", TEXT),
    maxLifetime: field("newKeys", TEXT),
    brand: field("newKeys", TEXT),
    env: field("newKeys", choice("live", "test", null)),
    kinds: field("newKeys", { type: "array", items: { type: "string", enum: ["secret", "publishable"] } }),
    scopes: field("use", LIST),
    requireIp: field("use", { type: "boolean" }),
    client: field("tokens", TEXT),
    session: field("tokens", choice("transient", "online")),
    tokenLifespan: field("tokens", TEXT),
    keycloakRest: field("use", { type: "boolean" }),
    reauthAge: field("creation", TEXT),
    managementClients: field("creation", LIST),
    upgradeUrl: field("creation", TEXT),
    exampleUrl: field("creation", TEXT),
    lockout: field("use", choice("honor", "ignore")),
    timeZone: field("use", TEXT),
    rateLimit: field("use", TEXT),
    ownerRateLimit: field("use", TEXT),
  },
};
