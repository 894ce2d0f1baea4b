import { useCallback, useEffect, useRef, useState, type Dispatch, type SetStateAction } from "react";
import { Alert } from "../shared/Alert";
import { Button, Spinner } from "../shared/Button";
import { useLeaveGuard } from "../shared/dom";
import { subjectOf } from "../shared/host";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { clearDraft, findDraft, saveDraft } from "../shared/draft";
import { useAdmin } from "./admin";
import type { PolicyInForce } from "./documents";
import { edited, editsOf, FIELDS, GROUPS, policyDocument, policyValues, type PolicyValues } from "./policySettings";
import { PolicyInput } from "./PolicyInput";
import { ProblemAlert } from "../shared/ProblemAlert";
import { Trouble } from "./Trouble";
import { useLoad } from "./useLoad";
import { useTask } from "../shared/useTask";

/** The rules of the realm. */
export function PolicyView(): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const policy = useLoad(useCallback(() => rest.policy(), [rest]));
  return (
    <>
      <Trouble of={policy} />
      {!policy.data && policy.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {policy.data && <PolicyForm policy={policy.data} />}
    </>
  );
}

function PolicyForm({ policy }: { readonly policy: PolicyInForce }): JSX.Element {
  const { t, announce } = usePage();
  const { rest, access } = useAdmin();
  const [inForce, setInForce] = useState(policy);
  const [values, setValues] = useEdits(policyValues(inForce));
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  const changed = Object.keys(editsOf(values, policyValues(inForce))).length > 0;
  // Saving writes the values that stand in for wrong and for missing ones, so it is of use without an edit, too.
  const wrong = inForce.faults.length > 0 || (inForce.removed?.length ?? 0) > 0;
  useLeaveGuard(changed);
  const save = (): void => {
    task.run(async () => {
      // The whole policy is replaced: what others have set since this page was opened stays as they set it.
      const theirs = policyValues(await rest.policy());
      const now = await rest.replacePolicy(policyDocument(edited(theirs, editsOf(values, policyValues(inForce)))));
      setInForce(now);
      setValues(policyValues(now));
      announce(t("apiKeysAdminPolicySaved"));
    });
  };

  // Whoever saves is taken to the first thing that is wrong.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [task.problem]);

  return (
    <form
      ref={form}
      className={`${pf("form")} ak-policy`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Removed policy={inForce} />
      <Faults policy={inForce} />
      <ProblemAlert problem={task.problem} shown={FIELDS} />
      {GROUPS.map((group) => (
        <fieldset key={group.title} className="ak-group">
          <legend className={pf("title", "lg")}>{t(group.title)}</legend>
          {group.fields.map((field) => (
            <PolicyInput
              key={field}
              field={field}
              value={values[field]}
              error={task.problem?.of(field)}
              readOnly={!access.managePolicy}
              onChange={(value) => setValues((before) => ({ ...before, [field]: value }))}
            />
          ))}
        </fieldset>
      ))}
      {access.managePolicy ? (
        <div className={`${pf("form")}__actions`}>
          <Button look="primary" type="submit" busy={task.busy} disabled={!changed && !wrong}>
            {t("apiKeysSave")}
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

/** What stands in the form. It outlives a session that ends, and a look at the keys meanwhile. */
function useEdits(inForce: PolicyValues): readonly [PolicyValues, Dispatch<SetStateAction<PolicyValues>>] {
  const { session } = usePage();
  const { place } = useAdmin();
  const name = `policy of ${place.realm}`;
  const [values, setValues] = useState<PolicyValues>(() => {
    const draft = findDraft(subjectOf(session));
    return edited(inForce, draft?.dialog === name ? draft.values : {});
  });
  const text = JSON.stringify(editsOf(values, inForce));
  useEffect(() => {
    if (text !== "{}") {
      saveDraft(subjectOf(session), { dialog: name, values: JSON.parse(text) as Record<string, unknown> });
    } else if (findDraft(subjectOf(session))?.dialog === name) {
      clearDraft();
    }
  }, [session, name, text]);
  return [values, setValues];
}

/** Attributes that an update of the realm dropped: what each of them meant. */
function Removed({ policy: { removed = [] } }: { readonly policy: PolicyInForce }): JSX.Element | null {
  const { t } = usePage();
  if (removed.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" title={t("apiKeysAdminPolicyRemoved")}>
      <p>{t("apiKeysAdminPolicyRemovedHelp")}</p>
      <ul>
        {removed.map(({ attribute, effect }) => (
          <li key={attribute}>
            <code>{attribute}</code> {effect}
          </li>
        ))}
      </ul>
    </Alert>
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
