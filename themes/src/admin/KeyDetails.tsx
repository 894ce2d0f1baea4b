import { useCallback, type ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import { Spinner } from "../shared/Button";
import type { ApiKey } from "../shared/keys";
import { RelativeTime } from "../shared/RelativeTime";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { StatusLabel, StatusNote } from "../shared/StatusLabel";
import { useAdmin } from "./admin";
import { KeyActions } from "./KeyActions";
import { OwnerOf } from "./AdminKeyTable";
import { hashOf } from "./route";
import { ErrorState } from "./ErrorState";
import { UsageReport } from "./UsageReport";
import { useLoad } from "./useLoad";

/** One key with everything that is known of it, under an address of its own. */
export function KeyDetails({ id }: { readonly id: string }): JSX.Element {
  const { t, announce } = usePage();
  const { rest, route } = useAdmin();
  const key = useLoad(useCallback(() => rest.key(id), [rest, id]));
  const { key: _, ...list } = route;
  const changed = (text: string | undefined): void => {
    if (text) {
      announce(text);
      key.reload();
    }
  };
  return (
    <>
      <p>
        <a href={hashOf(list)}>{t("apiKeysAdminAllKeys")}</a>
      </p>
      <ErrorState of={key} />
      {!key.data && key.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {key.data && (
        <>
          <div className="ak-title">
            <h2 className={pf("title", "xl")}>{key.data.name}</h2>
            <StatusLabel apiKey={key.data} now={new Date()} />
            <StatusNote apiKey={key.data} />
            <KeyActions apiKey={key.data} onChanged={changed} />
          </div>
          <Facts apiKey={key.data} />
          <UsageReport owner={key.data.owner.id} apiKey={key.data.id} />
        </>
      )}
    </>
  );
}

function Facts({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element {
  const { t, format } = usePage();
  const now = new Date();
  const list = (values: readonly string[]): ReactNode => (values.length > 0 ? values.join(", ") : t("apiKeysAdminUnrestricted"));
  const exact = (at: string | null, never: TextKey): ReactNode => (
    <>
      <RelativeTime at={at} now={now} never={t(never)} />
      {at && <span className="ak-muted"> ({format.dateTime(new Date(at))})</span>}
    </>
  );
  const facts: readonly (readonly [TextKey, ReactNode])[] = [
    ["apiKeysAdminOwner", <OwnerOf key="owner" apiKey={apiKey} />],
    ["apiKeysDescription", apiKey.description ?? "–"],
    ["apiKeysKey", <code key="key" className="ak-mono" dir="ltr">{apiKey.preview}</code>],
    ["apiKeysAdminKeyId", <code key="id" className="ak-mono" dir="ltr">{apiKey.id}</code>],
    ["apiKeysAdminKind", t(apiKey.kind === "secret" ? "apiKeysAdminKindSecret" : "apiKeysAdminKindPublishable")],
    ["apiKeysCreatedAt", exact(apiKey.createdAt, "apiKeysAdminNever")],
    ["apiKeysAdminCreatedBy", apiKey.createdBy ? (apiKey.createdBy.name ?? apiKey.createdBy.id) : "–"],
    ["apiKeysExpires", exact(apiKey.expiresAt, "apiKeysNoExpiry")],
    ["apiKeysAdminScopes", list(apiKey.scopes)],
    ["apiKeysAdminAudiences", list(apiKey.audiences)],
    ["apiKeysAdminAllowedIps", list(apiKey.allowedIps)],
    ["apiKeysAdminAllowedOrigins", list(apiKey.allowedOrigins)],
    ["apiKeysLastUsed", exact(apiKey.lastUsedAt, "apiKeysAdminNever")],
    ["apiKeysAdminLastUsedIp", apiKey.lastUsedIp ?? "–"],
    ["apiKeysAdminUses", format.number(apiKey.uses)],
  ];
  return (
    <dl className="ak-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
