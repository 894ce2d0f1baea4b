import { Choice, ChoiceGroup } from "../shared/choices";
import { usePage } from "../shared/page";
import type { KeyFormProps } from "./KeyForm";

type Props = Pick<KeyFormProps, "draft" | "terms" | "onChange"> & { readonly error: string | undefined };

/** What the key may do. Where the realm offers scopes, the least is suggested: some of them, and none is ticked. */
export function ScopePicker({ draft, terms, error, onChange }: Props): JSX.Element {
  const { t } = usePage();
  if (terms.scopes.length === 0) {
    return (
      <ChoiceGroup legend={t("apiKeysAccess")} error={error}>
        <p>{t("apiKeysAccessAllOnly")}</p>
      </ChoiceGroup>
    );
  }
  const toggle = (scope: string, on: boolean): void =>
    onChange({ scopes: on ? [...draft.scopes, scope] : draft.scopes.filter((other) => other !== scope) });
  return (
    <ChoiceGroup legend={t("apiKeysAccess")} error={error}>
      <Choice
        type="radio"
        name="access"
        label={t("apiKeysAccessScopes")}
        checked={draft.access === "scopes"}
        onChange={() => onChange({ access: "scopes" })}
      />
      {draft.access === "scopes" && (
        <div className="ak-nested" role="group" aria-label={t("apiKeysAccessScopes")}>
          {terms.scopes.map((scope) => (
            <Choice
              key={scope}
              type="checkbox"
              name="scopes"
              label={scope}
              note={terms.scopeDescriptions[scope]}
              checked={draft.scopes.includes(scope)}
              onChange={(on) => toggle(scope, on)}
            />
          ))}
        </div>
      )}
      <Choice
        type="radio"
        name="access"
        label={t("apiKeysAccessAll")}
        note={t("apiKeysAccessAllNote")}
        checked={draft.access === "all"}
        onChange={() => onChange({ access: "all" })}
      />
    </ChoiceGroup>
  );
}
