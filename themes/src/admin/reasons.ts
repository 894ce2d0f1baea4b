import type { TextKey } from "../generated/textKeys";
import type { Text } from "../shared/texts";

/** Why keys are not accepted, as error events say it. */
const TEXTS: ReadonlyMap<string, TextKey> = new Map([
  ["api_key_malformed", "apiKeysAdminReasonMalformed"],
  ["api_key_unknown", "apiKeysAdminReasonUnknown"],
  ["api_key_wrong_secret", "apiKeysAdminReasonWrongSecret"],
  ["api_key_revoked", "apiKeysStatusRevoked"],
  ["api_key_expired", "apiKeysStatusExpired"],
  ["api_key_disabled", "apiKeysStatusDisabled"],
  ["api_key_rotated_out", "apiKeysAdminReasonRotatedOut"],
  ["api_key_realm_disabled", "apiKeysAdminReasonRealmDisabled"],
  ["api_key_owner_missing", "apiKeysAdminReasonOwnerMissing"],
  ["api_key_owner_disabled", "apiKeysAdminReasonOwnerDisabled"],
  ["api_key_owner_locked", "apiKeysAdminReasonOwnerLocked"],
  ["api_key_owner_mail_unverified", "apiKeysAdminReasonOwnerMail"],
  ["api_key_owner_action_required", "apiKeysAdminReasonOwnerAction"],
  ["api_key_suspended", "apiKeysAdminReasonSuspended"],
  ["api_key_address_not_allowed", "apiKeysAdminReasonAddress"],
  ["api_key_origin_not_allowed", "apiKeysAdminReasonOrigin"],
  ["api_key_audience_not_allowed", "apiKeysAdminReasonAudience"],
  ["api_key_scope_not_allowed", "apiKeysAdminReasonScope"],
  ["api_key_token_too_wide", "apiKeysAdminReasonTooWide"],
  ["api_key_publishable", "apiKeysAdminReasonPublishable"],
  ["api_key_restricted", "apiKeysAdminReasonRestricted"],
  ["api_key_owner_cannot_sign_in", "apiKeysAdminReasonNoSignIn"],
  ["api_key_client_disabled", "apiKeysAdminReasonClient"],
  ["api_key_rate_limited", "apiKeysAdminReasonRateLimited"],
  ["api_key_credits_exhausted", "apiKeysAdminReasonNoCredits"],
  ["api_key_credits_unavailable", "apiKeysAdminReasonCreditsUnknown"],
]);

/** A later server may have reasons that this page does not know. */
export function reasonText(reason: string, t: Text): string {
  const text = TEXTS.get(reason);
  return text ? t(text) : reason;
}
