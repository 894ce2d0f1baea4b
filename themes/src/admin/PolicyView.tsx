import { useState } from "react";
import { Alert } from "../shared/Alert";
import { Button, Spinner } from "../shared/Button";
import { useLeaveGuard } from "../shared/dom";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { useAdmin } from "./admin";
import type { PolicyInForce } from "./documents";
import { FIELDS, GROUPS, policyDocument, policyValues, same, type PolicyValues } from "./policySettings";
import { PolicyInput } from "./PolicyInput";
import { ProblemAlert } from "./ProblemAlert";
import { useLoad } from "./useLoad";
import { useSend } from "./useSend";

/** The rules of the realm. */
export function PolicyView(): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const policy = useLoad(() => rest.policy(), [rest]);
  return (
    <>
      <ProblemAlert problem={policy.problem} onRetry={policy.reload} />
      {!policy.data && policy.loading && <Spinner size="lg" label={t("apiKeysAdminLoading")} />}
      {policy.data && <PolicyForm policy={policy.data} />}
    </>
  );
}

function PolicyForm({ policy }: { readonly policy: PolicyInForce }): JSX.Element {
  const { t, announce } = usePage();
  const { rest, access } = useAdmin();
  const [inForce, setInForce] = useState(policy);
  const [values, setValues] = useState<PolicyValues>(() => policyValues(policy));
  const [saved, setSaved] = useState(false);
  const { busy, problem, send } = useSend();
  const changed = !same(values, policyValues(inForce));
  useLeaveGuard(changed);
  const save = async (): Promise<void> => {
    setSaved(false);
    const now = await send(() => rest.replacePolicy(policyDocument(values)));
    if (now) {
      setInForce(now);
      setValues(policyValues(now));
      setSaved(true);
      announce(t("apiKeysAdminPolicySaved"));
    } else {
      // After the faults are drawn: the first field that is wrong is where to go on.
      requestAnimationFrame(() => document.querySelector<HTMLElement>("#latchkey [aria-invalid=true]")?.focus());
    }
  };
  return (
    <form
      className={`${pf("form")} ak-policy`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {saved && !changed && <Alert severity="success" title={t("apiKeysAdminPolicySaved")} />}
      <Faults policy={inForce} />
      <ProblemAlert problem={problem} shown={FIELDS} />
      {GROUPS.map((group) => (
        <fieldset key={group.title} className="ak-group">
          <legend className={pf("title", "lg")}>{t(group.title)}</legend>
          {group.fields.map((field) => (
            <PolicyInput
              key={field}
              field={field}
              value={values[field]}
              error={problem?.of(field)}
              readOnly={!access.managePolicy}
              onChange={(value) => setValues((before) => ({ ...before, [field]: value }))}
            />
          ))}
        </fieldset>
      ))}
      {access.managePolicy ? (
        <div className={`${pf("form")}__actions`}>
          <Button look="primary" type="submit" busy={busy} disabled={!changed}>
            {t("apiKeysAdminSave")}
          </Button>
          <Button look="link" disabled={!changed} onClick={() => setValues(policyValues(inForce))}>
            {t("apiKeysAdminRevert")}
          </Button>
        </div>
      ) : (
        <p className="ak-muted">{t("apiKeysAdminReadOnly")}</p>
      )}
    </form>
  );
}

/** Attributes that somebody set past the validation; saving puts them right. */
function Faults({ policy }: { readonly policy: PolicyInForce }): JSX.Element | null {
  const { t } = usePage();
  if (policy.faults.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" title={t("apiKeysAdminPolicyFaults")}>
      <ul>
        {policy.faults.map(({ attribute, detail }) => (
          <li key={attribute}>{`${attribute} ${detail}`}</li>
        ))}
      </ul>
    </Alert>
  );
}
