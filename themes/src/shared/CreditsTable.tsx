import type { TextKey } from "../generated/textKeys";
import type { Balance } from "./keys";
import { RelativeTime } from "./RelativeTime";
import { usePage } from "./page";
import { pf } from "./pf";

const HEADS: readonly TextKey[] = ["apiKeysCreditsApi", "apiKeysCreditsRemaining", "apiKeysCreditsReset"];

interface Props {
  readonly balances: readonly Balance[];
  readonly now: Date;
}

/** What is left at each API that takes credits; nothing where there is none. */
export function CreditsTable({ balances, now }: Props): JSX.Element | null {
  const { t } = usePage();
  if (balances.length === 0) {
    return null;
  }
  return (
    <section className="ak-credits" data-testid="credits">
      <h2 className={pf("title", "lg")}>{t("apiKeysCredits")}</h2>
      <table className={pf("table", "compact", "grid-md")} aria-label={t("apiKeysCredits")}>
        <thead className={`${pf("table")}__thead`}>
          <tr className={`${pf("table")}__tr`}>
            {HEADS.map((head) => (
              <th key={head} scope="col" className={`${pf("table")}__th`}>
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={`${pf("table")}__tbody`}>
          {balances.map((balance) => (
            <Row key={balance.api ?? ""} balance={balance} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ balance: { api, granted, remaining, resetsAt }, now }: { readonly balance: Balance; readonly now: Date }): JSX.Element {
  const { t, format } = usePage();
  const cell = `${pf("table")}__td`;
  return (
    <tr className={`${pf("table")}__tr`}>
      <th scope="row" className={`${cell} ak-name`} data-label={t("apiKeysCreditsApi")}>
        {api ?? "–"}
      </th>
      <td className={cell} data-label={t("apiKeysCreditsRemaining")}>
        {t("apiKeysCreditsOf", { remaining: format.amount(remaining), granted: format.amount(granted) })}
        {/* The numbers say the same. */}
        {granted > 0 && <meter className="ak-meter" aria-hidden="true" max={granted} value={remaining} />}
      </td>
      <td className={cell} data-label={t("apiKeysCreditsReset")}>
        <RelativeTime at={resetsAt ?? null} now={now} never={t("apiKeysCreditsNever")} />
      </td>
    </tr>
  );
}
