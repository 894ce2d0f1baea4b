import { useState } from "react";
import type { TextKey } from "../generated/textKeys";
import { Choice, ChoiceGroup } from "../shared/choices";
import { DescriptionField, ListField, NameField } from "../shared/keyFields";
import type { SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import type { Problem } from "../shared/problem";
import { needsIps, type DraftFaults, type DraftKey } from "./draftKey";
import { ExpiryField } from "./ExpiryField";
import { ScopePicker } from "./ScopePicker";

/** Fields of the request whose faults this form shows. */
export const SHOWN_FIELDS: readonly string[] = ["name", "description", "expiresAt", "scopes", "allowedIps", "allowedOrigins"];

export interface KeyFormProps {
  readonly draft: DraftKey;
  readonly terms: SelfServicePolicy;
  /** What the page itself found; values are names of texts. */
  readonly local: DraftFaults;
  readonly problem: Problem | undefined;
  readonly onChange: (change: Partial<DraftKey>) => void;
}

export function KeyForm({ draft, terms, local, problem, onChange }: KeyFormProps): JSX.Element {
  const { t } = usePage();
  const taken = problem?.kind === "name-taken" ? t("apiKeysProblemNameTaken") : undefined;
  const fault = (text: TextKey | undefined, field: string): string | undefined => (text ? t(text) : problem?.of(field));
  const nameError = fault(local.name, "name") ?? taken;
  const ipsError = fault(local.ips, "allowedIps");
  const [more, setMore] = useState(draft.ips !== "" || draft.description !== "" || needsIps(draft, terms));
  const open = more || ipsError !== undefined || problem?.of("description") !== undefined;
  return (
    <>
      <NameField help={t("apiKeysNameHelp")} value={draft.name} error={nameError} onChange={(name) => onChange({ name })} />
      {terms.kinds.length > 1 && <KindPicker draft={draft} terms={terms} onChange={onChange} />}
      <ExpiryField draft={draft} terms={terms} error={fault(local.date, "expiresAt")} onChange={onChange} />
      <ScopePicker draft={draft} terms={terms} error={fault(local.scopes, "scopes")} onChange={onChange} />
      {draft.kind === "publishable" && (
        <ListField
          label={t("apiKeysOrigins")}
          help={t("apiKeysOriginsHelp")}
          error={fault(local.origins, "allowedOrigins")}
          required
          value={draft.origins}
          onChange={(origins) => onChange({ origins })}
        />
      )}
      <details className="ak-more" open={open} onToggle={(event) => setMore(event.currentTarget.open)}>
        <summary>{t("apiKeysMore")}</summary>
        <div className="ak-stack">
          <ListField
            label={t("apiKeysIps")}
            help={t("apiKeysIpsHelp")}
            error={ipsError}
            required={needsIps(draft, terms)}
            value={draft.ips}
            onChange={(ips) => onChange({ ips })}
          />
          <DescriptionField value={draft.description} error={problem?.of("description")} onChange={(description) => onChange({ description })} />
        </div>
      </details>
    </>
  );
}

function KindPicker({ draft, terms, onChange }: Pick<KeyFormProps, "draft" | "terms" | "onChange">): JSX.Element {
  const { t } = usePage();
  return (
    <ChoiceGroup legend={t("apiKeysKind")}>
      {terms.kinds.map((kind) => (
        <Choice
          key={kind}
          type="radio"
          name="kind"
          label={t(kind === "secret" ? "apiKeysKindSecret" : "apiKeysKindPublishable")}
          note={t(kind === "secret" ? "apiKeysKindSecretNote" : "apiKeysKindPublishableNote")}
          checked={draft.kind === kind}
          onChange={() => onChange({ kind })}
        />
      ))}
    </ChoiceGroup>
  );
}
