import { useEffect, useId, useState } from "react";
import { Control, Field } from "../shared/Field";
import { usePage } from "../shared/page";
import type { Problem } from "../shared/problem";
import { useAdmin } from "./admin";
import type { OwnerName } from "./documents";

const TYPING = 250;

interface Props {
  readonly owner: OwnerName;
  readonly problem: Problem | undefined;
  readonly onChange: (owner: OwnerName) => void;
}

/** Selects the owner of a new key, a user or the service account of a client, and suggests names. */
export function OwnerFields({ owner, problem, onChange }: Props): JSX.Element {
  const { t } = usePage();
  // Without the colons of React, which are no names in selectors.
  const list = useId().replaceAll(":", "");
  const names = useSuggestions(owner);
  const error = problem?.of("owner.name") ?? problem?.of("owner");
  return (
    <>
      <Field label={t("apiKeysAdminOwnerType")}>
        {(props) => (
          <Control opens>
            <select {...props} value={owner.type} onChange={(event) => onChange({ ...owner, type: event.target.value as OwnerName["type"] })}>
              <option value="user">{t("apiKeysAdminUser")}</option>
              <option value="service-account">{t("apiKeysAdminServiceAccount")}</option>
            </select>
          </Control>
        )}
      </Field>
      <Field label={t(owner.type === "user" ? "apiKeysAdminUsername" : "apiKeysAdminClientId")} required error={error}>
        {(props) => (
          <Control error={error}>
            <input
              {...props}
              list={list}
              maxLength={255}
              value={owner.name}
              autoComplete="off"
              data-autofocus=""
              onChange={(event) => onChange({ ...owner, name: event.target.value })}
            />
          </Control>
        )}
      </Field>
      <datalist id={list}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** Without permission to search there are none, and a name can still be typed. */
function useSuggestions({ type, name }: OwnerName): readonly string[] {
  const { rest } = useAdmin();
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      rest.suggest(type, name).then(
        (found) => current && setNames(found),
        () => current && setNames([]),
      );
    }, TYPING);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [rest, type, name]);
  return names;
}
