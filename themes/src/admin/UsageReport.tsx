import { useCallback, useState, type ReactNode } from "react";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { UsageChart } from "../shared/UsageChart";
import { useAdmin } from "./admin";
import { reasonText } from "./reasons";
import { ErrorState } from "./ErrorState";
import { byApi, daily, refusals } from "./usage";
import type { DailyApiUsage } from "./documents";
import { useLoad } from "./useLoad";

interface Props {
  readonly owner: string;
  /** Only that key of the owner's. */
  readonly apiKey?: string;
}

/** The last 30 days: uses by day and by API, and refusals by what was wrong. */
export function UsageReport({ owner, apiKey }: Props): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const [now] = useState(() => new Date());
  const uses = useLoad(useCallback(() => rest.usage(owner, apiKey, now), [rest, owner, apiKey, now]));
  const Heading = apiKey ? "h3" : "h2";
  return (
    <section className="ak-usage" aria-busy={uses.loading} data-testid="usage">
      <Heading className={pf("title", "lg")}>{t("apiKeysAdminUsage")}</Heading>
      <ErrorState of={uses} />
      {uses.data && <UsageChart usage={daily(uses.data)} now={now} />}
      {uses.data && <Apis uses={uses.data} />}
      {uses.data && <Refusals uses={uses.data} none={apiKey && t("apiKeysAdminNoRefusals")} />}
    </section>
  );
}

interface SumsProps {
  readonly uses: readonly DailyApiUsage[];
}

function Apis({ uses }: SumsProps): JSX.Element | null {
  const { t, format } = usePage();
  const sums = byApi(uses);
  return sums.length === 0 ? null : (
    <Sums
      name={t("apiKeysAdminByApi")}
      heads={[t("apiKeysCreditsApi"), t("apiKeysAdminUses"), t("apiKeysAdminRefused"), t("apiKeysAdminCharged")]}
      rows={sums.map(({ api, accepted, rejected, credits }) => [
        api ?? t("apiKeysAdminNoApi"),
        format.number(accepted),
        format.number(rejected),
        format.amount(credits),
      ])}
    />
  );
}

/** @param none what to say where there were none */
function Refusals({ uses, none }: SumsProps & { readonly none: string | undefined }): JSX.Element | null {
  const { t, format } = usePage();
  const refused = refusals(uses);
  if (refused.length === 0) {
    return none ? <p className="ak-muted">{none}</p> : null;
  }
  return (
    <Sums
      name={t("apiKeysAdminRefusals")}
      heads={[t("apiKeysAdminReason"), t("apiKeysAdminTimes")]}
      rows={refused.map(([reason, count]) => [reasonText(reason, t), format.number(count)])}
    />
  );
}

interface TableProps {
  readonly name: string;
  readonly heads: readonly string[];
  /** The first cell of each says what it is about. */
  readonly rows: readonly (readonly [ReactNode, ...ReactNode[]])[];
}

function Sums({ name, heads, rows }: TableProps): JSX.Element {
  const table = pf("table");
  return (
    <table className={`${pf("table", "compact")} ak-refusals`}>
      <caption className={`${table}__caption`}>{name}</caption>
      <thead className={`${table}__thead`}>
        <tr className={`${table}__tr`}>
          {heads.map((head) => (
            <th key={head} scope="col" className={`${table}__th`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className={`${table}__tbody`}>
        {rows.map(([first, ...others], row) => (
          <tr key={row} className={`${table}__tr`}>
            <th scope="row" className={`${table}__td`}>
              {first}
            </th>
            {others.map((other, column) => (
              <td key={column} className={`${table}__td`}>
                {other}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
