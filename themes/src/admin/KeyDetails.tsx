import { useState, type ReactNode } from "react";
import { Alert } from "../shared/Alert";
import { Spinner } from "../shared/Button";
import type { ApiKey } from "../shared/keys";
import { Moment } from "../shared/Moment";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { Grace, StatusLabel } from "../shared/StatusLabel";
import { UsageChart } from "../shared/UsageChart";
import { useAdmin } from "./admin";
import { daily, refusals } from "./documents";
import { KeyActions } from "./KeyActions";
import { OwnerOf } from "./KeyTable";
import { hashOf } from "./place";
import { reasonText } from "./reasons";
import { Trouble } from "./Trouble";
import { useLoad } from "./useLoad";

/** One key with everything that is known of it, under an address of its own. */
export function KeyDetails({ id }: { readonly id: string }): JSX.Element {
  const { t, announce } = usePage();
  const { rest, place } = useAdmin();
  const key = useLoad(() => rest.key(id), [rest, id]);
  const [done, setDone] = useState<string>();
  const { key: _, ...list } = place;
  const changed = (text: string | undefined): void => {
    if (text) {
      setDone(text);
      announce(text);
      key.reload();
    }
  };
  return (
    <>
      <p>
        <a href={hashOf(list)}>{t("apiKeysAdminAllKeys")}</a>
      </p>
      {done && <Alert severity="success" title={done} />}
      <Trouble of={key} />
      {!key.data && key.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {key.data && (
        <>
          <div className="ak-title">
            <h2 className={pf("title", "xl")}>{key.data.name}</h2>
            <StatusLabel apiKey={key.data} now={new Date()} />
            <Grace apiKey={key.data} />
            <KeyActions apiKey={key.data} onChanged={changed} />
          </div>
          <Facts apiKey={key.data} />
          <Usage apiKey={key.data} />
        </>
      )}
    </>
  );
}

function Facts({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element {
  const { t, format } = usePage();
  const now = new Date();
  const list = (values: readonly string[]): ReactNode => (values.length > 0 ? values.join(", ") : t("apiKeysAdminUnrestricted"));
  const exact = (at: string | null, never: string): ReactNode => (
    <>
      <Moment at={at} now={now} never={t(never)} />
      {at && <span className="ak-muted"> ({format.dateTime(new Date(at))})</span>}
    </>
  );
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["apiKeysAdminOwner", <OwnerOf key="owner" apiKey={apiKey} />],
    ["apiKeysDescription", apiKey.description ?? "–"],
    ["apiKeysKey", <code key="key" className="ak-mono" dir="ltr">{apiKey.preview}</code>],
    ["apiKeysAdminKeyId", <code key="id" className="ak-mono" dir="ltr">{apiKey.id}</code>],
    ["apiKeysAdminKind", t(apiKey.kind === "secret" ? "apiKeysAdminKindSecret" : "apiKeysAdminKindPublishable")],
    ["apiKeysAdminCreatedAt", exact(apiKey.createdAt, "apiKeysAdminNever")],
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

/** The last 30 days: uses by day, and refusals by what was wrong. */
function Usage({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element {
  const { t, format } = usePage();
  const { rest } = useAdmin();
  const [now] = useState(() => new Date());
  const hours = useLoad(() => rest.usage(apiKey.id, apiKey.owner.id, now), [rest, apiKey.id, apiKey.owner.id]);
  const refused = refusals(hours.data ?? []);
  return (
    <section className="ak-usage" aria-busy={hours.loading}>
      <h3 className={pf("title", "lg")}>{t("apiKeysAdminUsage")}</h3>
      <Trouble of={hours} />
      {hours.data && <UsageChart usage={daily(apiKey.id, hours.data)} now={now} />}
      {hours.data && refused.length === 0 && <p className="ak-muted">{t("apiKeysAdminNoRefusals")}</p>}
      {refused.length > 0 && <h4 className={pf("title", "md")}>{t("apiKeysAdminRefusals")}</h4>}
      {refused.length > 0 && (
        <table className={`${pf("table", "compact")} ak-refusals`} aria-label={t("apiKeysAdminRefusals")}>
          <thead className={`${pf("table")}__thead`}>
            <tr className={`${pf("table")}__tr`}>
              <th scope="col" className={`${pf("table")}__th`}>{t("apiKeysAdminReason")}</th>
              <th scope="col" className={`${pf("table")}__th`}>{t("apiKeysAdminTimes")}</th>
            </tr>
          </thead>
          <tbody className={`${pf("table")}__tbody`}>
            {refused.map(([reason, count]) => (
              <tr key={reason} className={`${pf("table")}__tr`}>
                <th scope="row" className={`${pf("table")}__td`}>{reasonText(reason, t)}</th>
                <td className={`${pf("table")}__td`}>{format.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
