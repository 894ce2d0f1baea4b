import type { components } from "../generated/rest";

/** Documents of the administrators' REST API, generated from src/docs/openapi.yaml. */
type Schemas = components["schemas"];

/** The permissions of the caller. */
export type CallerPermissions = Schemas["CallerPermissions"];
export type OwnerType = Schemas["Owner"]["type"];

/** An owner by name. */
export interface OwnerName {
  readonly type: OwnerType;
  readonly name: string;
}

export type NewKeyOfOwner = Schemas["NewKeyOfOwner"];
export type KeyUpdate = Schemas["KeyUpdateRequest"];
/** The filters of the list that the page offers. */
export type Filter = Pick<Schemas["RevocationFilter"], "owner" | "q" | "status" | "unusedSince" | "neverUsed" | "expiringBefore">;
/** The policy with every field, as the page sends it. */
export type Policy = Required<Schemas["Policy"]>;
export type PolicySchema = Schemas["PolicySchema"];
export type PolicyFieldSchema = Schemas["PolicyFieldSchema"];
export type EffectivePolicy = Schemas["EffectivePolicy"];
export type Plan = Schemas["Plan"];
/** Accepted and rejected uses at one API on one day. */
export type DailyApiUsage = Required<Pick<Schemas["UsagePeriod"], "api" | "day" | "accepted" | "rejected" | "credits">>;
