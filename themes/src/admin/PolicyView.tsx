import { useCallback, useEffect, useRef, useState, type Dispatch, type SetStateAction } from "react";
import { Alert } from "../shared/Alert";
import { Button, Spinner } from "../shared/Button";
import { useLeaveGuard } from "../shared/dom";
import { subjectOf } from "../shared/host";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { clearDraft, findDraft, saveDraft } from "../shared/draft";
import { useAdmin } from "./admin";
import type { EffectivePolicy } from "./documents";
import { edited, editsOf, groupsOf, policyDocument, policyText, policyValues, settingsOf, type PolicySetting, type PolicyValues } from "./policySettings";
import { PolicyInput } from "./PolicyInput";
import { ProblemAlert } from "../shared/ProblemAlert";
import { ErrorState } from "./ErrorState";
import { useLoad } from "./useLoad";
import { useTask } from "../shared/useTask";

/** Shows and edits the policy of the realm. */
export function PolicyView(): JSX.Element {
  const { t } = usePage();
  const { rest } = useAdmin();
  const load = useCallback(async () => {
    const [policy, schema] = await Promise.all([rest.policy(), rest.policySchema()]);
    return { policy, settings: settingsOf(schema) };
  }, [rest]);
  const form = useLoad(load);
  return (
    <>
      <ErrorState of={form} />
      {!form.data && form.loading && <Spinner size="lg" label={t("apiKeysLoading")} />}
      {form.data && <PolicyForm {...form.data} />}
    </>
  );
}

interface FormProps {
  readonly policy: EffectivePolicy;
  readonly settings: readonly PolicySetting[];
}

function PolicyForm({ policy, settings }: FormProps): JSX.Element {
  const { t, announce } = usePage();
  const { rest, access } = useAdmin();
  const [inForce, setInForce] = useState(policy);
  const [values, setValues] = useEdits(policyValues(inForce, settings));
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  const changed = Object.keys(editsOf(values, policyValues(inForce, settings))).length > 0;
  // Saving writes the values that stand in for wrong and for missing ones, so it is of use without an edit, too.
  const wrong = inForce.faults.length > 0 || (inForce.removed?.length ?? 0) > 0;
  useLeaveGuard(changed);
  const save = (): void => {
    task.run(async () => {
      // The whole policy is replaced: what others have set since this page was opened stays as they set it.
      const theirs = policyValues(await rest.policy(), settings);
      const edits = editsOf(values, policyValues(inForce, settings));
      const now = await rest.replacePolicy(policyDocument(edited(theirs, edits), settings));
      setInForce(now);
      setValues(policyValues(now, settings));
      announce(t("apiKeysAdminPolicySaved"));
    });
  };

  // Saving moves the focus to the first fault.
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
      <ProblemAlert problem={task.problem} shown={settings.map(({ field }) => field)} />
      {groupsOf(settings).map(([group, ofGroup]) => (
        <fieldset key={group} className="ak-group">
          <legend className={pf("title", "lg")}>{policyText(t, ["group", group], group)}</legend>
          {ofGroup.map((setting) => (
            <PolicyInput
              key={setting.field}
              setting={setting}
              value={values[setting.field] ?? ""}
              error={task.problem?.of(setting.field)}
              readOnly={!access.managePolicy}
              onChange={(value) => setValues((before) => ({ ...before, [setting.field]: value }))}
            />
          ))}
        </fieldset>
      ))}
      {access.managePolicy ? (
        <div className={`${pf("form")}__actions`}>
          <Button look="primary" type="submit" busy={task.busy} disabled={!changed && !wrong}>
            {t("apiKeysSave")}
          </Button>
          <Button look="link" disabled={!changed} onClick={() => setValues(policyValues(inForce, settings))}>
            {t("apiKeysAdminRevert")}
          </Button>
        </div>
      ) : (
        <p className="ak-muted">{t("apiKeysAdminReadOnly")}</p>
      )}
    </form>
  );
}

/** The input of the form. It survives a new login and a visit to another view. */
function useEdits(inForce: PolicyValues): readonly [PolicyValues, Dispatch<SetStateAction<PolicyValues>>] {
  const { session } = usePage();
  const { route } = useAdmin();
  const name = `policy of ${route.realm}`;
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

/** Lists attributes that an update of the realm dropped, with their effect. */
function Removed({ policy: { removed = [] } }: { readonly policy: EffectivePolicy }): JSX.Element | null {
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

/** Lists attributes that were set without validation; saving corrects them. */
function Faults({ policy }: { readonly policy: EffectivePolicy }): JSX.Element | null {
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
