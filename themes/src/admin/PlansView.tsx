import { useCallback, type ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import { Spinner } from "../shared/Button";
import { lifetime } from "../shared/lifetime";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { useAdmin } from "./admin";
import type { Plan } from "./documents";
import { ErrorState } from "./ErrorState";
import { useLoad } from "./useLoad";

const HEADS: readonly TextKey[] = [
  "apiKeysAdminRole",
  "apiKeysPolicyMaxKeys",
  "apiKeysPolicyDefaultLifetime",
  "apiKeysPolicyMaxLifetime",
  "apiKeysPolicyRateLimit",
  "apiKeysPolicyOwnerRateLimit",
  "apiKeysCredits",
  "apiKeysAdminFaults",
];

/** The roles that widen the policy. They are changed where roles are changed, so this only shows them. */
export function PlansView(): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const plans = useLoad(useCallback(() => rest.plans(), [rest]));
  return (
    <>
      <p>{t("apiKeysAdminPlansIntro")}</p>
      <ErrorState of={plans} />
      {!plans.data && plans.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {plans.data?.length === 0 && <p className="ak-empty">{t("apiKeysAdminNoPlans")}</p>}
      {plans.data && plans.data.length > 0 && (
        <table className={pf("table", "grid-md")} aria-label={t("apiKeysAdminPlans")}>
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
            {plans.data.map((plan) => (
              <Row key={plan.role} plan={plan} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ plan }: { readonly plan: Plan }): JSX.Element {
  const { t, format } = usePage();
  const asRealm = <span className="ak-muted">{t("apiKeysAdminAsRealm")}</span>;
  const life = (text: string | null): ReactNode =>
    text === null ? asRealm : text === "never" ? t("apiKeysNoExpiry") : format.length(lifetime(text));
  const rate = (text: string | null): ReactNode =>
    text === null ? asRealm : text === "unlimited" ? t("apiKeysUnlimited") : text;
  const credits = Object.entries(plan.credits);
  const cell = `${pf("table")}__td`;
  return (
    <tr className={`${pf("table")}__tr`}>
      <th scope="row" className={cell} data-label={t("apiKeysAdminRole")}>
        {plan.role}
      </th>
      <td className={cell} data-label={t("apiKeysPolicyMaxKeys")}>
        {plan.maxKeys === null ? asRealm : format.number(plan.maxKeys)}
      </td>
      <td className={cell} data-label={t("apiKeysPolicyDefaultLifetime")}>
        {life(plan.defaultLifetime)}
      </td>
      <td className={cell} data-label={t("apiKeysPolicyMaxLifetime")}>
        {life(plan.maxLifetime)}
      </td>
      <td className={cell} data-label={t("apiKeysPolicyRateLimit")}>
        {rate(plan.rateLimit)}
      </td>
      <td className={cell} data-label={t("apiKeysPolicyOwnerRateLimit")}>
        {rate(plan.ownerRateLimit)}
      </td>
      <td className={cell} data-label={t("apiKeysCredits")}>
        {credits.length === 0 ? "–" : credits.map(([api, allowance]) => <div key={api}>{`${api} ${allowance}`}</div>)}
      </td>
      <td className={cell} data-label={t("apiKeysAdminFaults")}>
        {plan.faults.length === 0 ? "–" : plan.faults.map((fault) => <div key={fault.attribute}>{`${fault.attribute} ${fault.detail}`}</div>)}
      </td>
    </tr>
  );
}
