import type { components } from "../generated/rest";
import { days } from "./lifetime";

/** Documents of the REST API, generated from src/docs/openapi.yaml. */
type Schemas = components["schemas"];

export type KeyStatus = Schemas["KeyStatus"];
export type KeyKind = Schemas["KeyKind"];
export type ApiKey = Schemas["Key"];
/** The response to creation and rotation, the only document with the text of a key. */
export type IssuedKey = Schemas["IssuedKey"];
export type NewKey = Schemas["NewKey"];
export type GracePeriod = NonNullable<Schemas["RotationRequest"]["gracePeriod"]>;
/** What the caller may do in the self-service, and why creation is refused. */
export type SelfServicePolicy = Schemas["SelfServicePolicy"];
/** Uses of a key by day, in UTC. */
export type DailyUsage = Schemas["DailyUsage"];
/** The credits of an owner at one API. */
export type Balance = Schemas["CreditBalance"];

/** Whether its owner can switch it on and off. */
export function mayToggle(key: ApiKey): boolean {
  return key.enabled || key.disabledBy === null || key.disabledBy === "owner";
}

/** Whether its owner can still do anything with it but look. */
export function alive(key: ApiKey): boolean {
  return key.status === "active" || key.status === "rotating" || key.status === "disabled";
}

/** Whether the key was used in the last 30 days, so that its end may break something. */
export function usedRecently({ lastUsedAt }: ApiKey, now: Date): boolean {
  return lastUsedAt !== null && now.getTime() - Date.parse(lastUsedAt) < days(30);
}
