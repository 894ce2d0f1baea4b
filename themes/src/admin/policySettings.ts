import type { TextKey } from "../generated/textKeys";
import type { Policy } from "./documents";
import { words } from "../shared/words";

export type PolicyField = keyof Policy;

/** How a setting is put in: the server knows what is right, so this only says what it looks like and what it is called. */
export type Shape = { readonly label: TextKey; readonly help: TextKey } & (
  | { readonly kind: "choice" | "several"; readonly options: readonly (readonly [string, TextKey])[] }
  | { readonly kind: "number" | "flag" | "words" | "text" }
);

export const GROUPS: readonly { readonly title: TextKey; readonly fields: readonly PolicyField[] }[] = [
  { title: "apiKeysPolicyMakers", fields: ["creation", "maxKeys", "upgradeUrl", "exampleUrl", "reauthAge", "managementClients"] },
  { title: "apiKeysPolicyNewKeys", fields: ["brand", "env", "kinds", "defaultLifetime", "maxLifetime"] },
  { title: "apiKeysPolicyReach", fields: ["scopes", "requireIp", "keycloakRest", "lockout", "rateLimit", "ownerRateLimit", "timeZone"] },
  { title: "apiKeysPolicyTokens", fields: ["client", "session", "tokenLifespan"] },
];

export const SHAPES: Readonly<Record<PolicyField, Shape>> = {
  creation: {
    kind: "choice",
    label: "apiKeysPolicyCreation",
    help: "apiKeysPolicyCreationHelp",
    options: [
      ["everyone", "apiKeysPolicyCreationEveryone"],
      ["plan", "apiKeysPolicyCreationPlan"],
      ["admins", "apiKeysPolicyCreationAdmins"],
    ],
  },
  maxKeys: {
    kind: "number",
    label: "apiKeysPolicyMaxKeys",
    help: "apiKeysPolicyMaxKeysHelp",
  },
  defaultLifetime: {
    kind: "text",
    label: "apiKeysPolicyDefaultLifetime",
    help: "apiKeysPolicyDefaultLifetimeHelp",
  },
  maxLifetime: {
    kind: "text",
    label: "apiKeysPolicyMaxLifetime",
    help: "apiKeysPolicyMaxLifetimeHelp",
  },
  brand: {
    kind: "text",
    label: "apiKeysPolicyBrand",
    help: "apiKeysPolicyBrandHelp",
  },
  env: {
    kind: "choice",
    label: "apiKeysPolicyEnv",
    help: "apiKeysPolicyEnvHelp",
    options: [
      ["", "apiKeysPolicyEnvNone"],
      ["live", "apiKeysPolicyEnvLive"],
      ["test", "apiKeysPolicyEnvTest"],
    ],
  },
  kinds: {
    kind: "several",
    label: "apiKeysPolicyKinds",
    help: "apiKeysPolicyKindsHelp",
    options: [
      ["secret", "apiKeysPolicyKindsSecret"],
      ["publishable", "apiKeysPolicyKindsPublishable"],
    ],
  },
  scopes: {
    kind: "words",
    label: "apiKeysPolicyScopes",
    help: "apiKeysPolicyScopesHelp",
  },
  requireIp: {
    kind: "flag",
    label: "apiKeysPolicyRequireIp",
    help: "apiKeysPolicyRequireIpHelp",
  },
  client: {
    kind: "text",
    label: "apiKeysPolicyClient",
    help: "apiKeysPolicyClientHelp",
  },
  session: {
    kind: "choice",
    label: "apiKeysPolicySession",
    help: "apiKeysPolicySessionHelp",
    options: [
      ["transient", "apiKeysPolicySessionTransient"],
      ["online", "apiKeysPolicySessionOnline"],
    ],
  },
  tokenLifespan: {
    kind: "text",
    label: "apiKeysPolicyTokenLifespan",
    help: "apiKeysPolicyTokenLifespanHelp",
  },
  keycloakRest: {
    kind: "flag",
    label: "apiKeysPolicyKeycloakRest",
    help: "apiKeysPolicyKeycloakRestHelp",
  },
  reauthAge: {
    kind: "text",
    label: "apiKeysPolicyReauthAge",
    help: "apiKeysPolicyReauthAgeHelp",
  },
  managementClients: {
    kind: "words",
    label: "apiKeysPolicyManagementClients",
    help: "apiKeysPolicyManagementClientsHelp",
  },
  upgradeUrl: {
    kind: "text",
    label: "apiKeysPolicyUpgradeUrl",
    help: "apiKeysPolicyUpgradeUrlHelp",
  },
  exampleUrl: {
    kind: "text",
    label: "apiKeysPolicyExampleUrl",
    help: "apiKeysPolicyExampleUrlHelp",
  },
  lockout: {
    kind: "choice",
    label: "apiKeysPolicyLockout",
    help: "apiKeysPolicyLockoutHelp",
    options: [
      ["honor", "apiKeysPolicyLockoutHonor"],
      ["ignore", "apiKeysPolicyLockoutIgnore"],
    ],
  },
  timeZone: {
    kind: "text",
    label: "apiKeysPolicyTimeZone",
    help: "apiKeysPolicyTimeZoneHelp",
  },
  rateLimit: {
    kind: "text",
    label: "apiKeysPolicyRateLimit",
    help: "apiKeysPolicyRateLimitHelp",
  },
  ownerRateLimit: {
    kind: "text",
    label: "apiKeysPolicyOwnerRateLimit",
    help: "apiKeysPolicyOwnerRateLimitHelp",
  },
};

export const FIELDS = Object.keys(SHAPES) as readonly PolicyField[];

/** What stands in the form: text for everything but flags and sets. */
export type PolicyValues = Readonly<Record<PolicyField, string | boolean | readonly string[]>>;

export function policyValues(policy: Policy): PolicyValues {
  const value = (field: PolicyField): string | boolean | readonly string[] => {
    const set = policy[field];
    switch (SHAPES[field].kind) {
      case "flag":
        return set === true;
      case "several":
        return set as readonly string[];
      case "words":
        return (set as readonly string[]).join(" ");
      default:
        return String(set ?? "");
    }
  };
  return Object.fromEntries(FIELDS.map((field) => [field, value(field)])) as PolicyValues;
}

/** The document to send. A number that is none goes as the text it is, and the server says what it should be. */
export function policyDocument(values: PolicyValues): Policy {
  const value = (field: PolicyField): unknown => {
    const typed = values[field];
    switch (SHAPES[field].kind) {
      case "number":
        return /^-?\d+$/.test(String(typed).trim()) ? Number(typed) : String(typed);
      case "words":
        return words(String(typed));
      case "flag":
      case "several":
        return typed;
      default:
        return String(typed).trim() || null;
    }
  };
  return Object.fromEntries(FIELDS.map((field) => [field, value(field)])) as unknown as Policy;
}

/** What differs from what is in force. */
export function editsOf(values: PolicyValues, inForce: PolicyValues): Partial<PolicyValues> {
  return Object.fromEntries(
    FIELDS.filter((field) => JSON.stringify(values[field]) !== JSON.stringify(inForce[field])).map((field) => [field, values[field]]),
  );
}

/** What is in force with edits that were made before, as far as there still are such settings. */
export function edited(inForce: PolicyValues, edits: Readonly<Record<string, unknown>>): PolicyValues {
  const fitting = FIELDS.filter((field) => typeof edits[field] === typeof inForce[field]);
  return { ...inForce, ...Object.fromEntries(fitting.map((field) => [field, edits[field]])) };
}
