import { useEffect, useRef, useState, type ReactNode } from "react";
import { Control, Field } from "../shared/Field";
import { DescriptionField, ListField, NameField } from "../shared/keyFields";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import type { Problem } from "../shared/problem";
import { EXPIRY_TEXT, LISTS, type Expiry, type KeyValues } from "./keyValues";

interface Props {
  readonly id: string;
  readonly values: KeyValues;
  readonly expiries: readonly Expiry[];
  readonly problem: Problem | undefined;
  /** A new key has a kind to be chosen; later it has the one it has. */
  readonly fresh?: boolean;
  readonly onChange: (change: Partial<KeyValues>) => void;
  readonly onSubmit: () => void;
  /** Fields before the others. */
  readonly children?: ReactNode;
}

/** The settings of a key, new or not; the server says what is wrong, field by field. */
export function KeyForm({ id, values, expiries, problem, fresh = false, onChange, onSubmit, children }: Props): JSX.Element {
  const form = useRef<HTMLFormElement>(null);

  // Submitting moves the focus to the first fault.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  return (
    <form
      id={id}
      ref={form}
      className={pf("form")}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <NameField value={values.name} error={problem?.of("name")} onChange={(name) => onChange({ name })} />
      <DescriptionField value={values.description} error={problem?.of("description")} onChange={(description) => onChange({ description })} />
      {fresh && <KindField values={values} problem={problem} onChange={onChange} />}
      <ExpiryField values={values} expiries={expiries} problem={problem} onChange={onChange} />
      <Restrictions values={values} problem={problem} onChange={onChange} />
    </form>
  );
}

type PartProps = Pick<Props, "values" | "problem" | "onChange">;

/** Open where there is something to see; from then on it is the reader's to close. */
function Restrictions({ values, problem, onChange }: PartProps): JSX.Element {
  const { t } = usePage();
  const [open, setOpen] = useState(() => LISTS.some(([name]) => values[name] !== ""));
  const wrong = LISTS.some(([name]) => problem?.of(name));
  return (
    <details className="ak-more" open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("apiKeysAdminRestrictions")}</summary>
      {LISTS.map(([name, label, help]) => (
        <ListField
          key={name}
          label={t(label)}
          help={t(help)}
          value={values[name]}
          error={problem?.of(name)}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
    </details>
  );
}

function KindField({ values, problem, onChange }: PartProps): JSX.Element {
  const { t } = usePage();
  return (
    <Field label={t("apiKeysAdminKind")} error={problem?.of("kind")} help={t("apiKeysAdminKindHelp")}>
      {(props) => (
        <Control opens error={problem?.of("kind")}>
          <select {...props} value={values.kind} onChange={(event) => onChange({ kind: event.target.value as KeyValues["kind"] })}>
            <option value="secret">{t("apiKeysAdminKindSecret")}</option>
            <option value="publishable">{t("apiKeysAdminKindPublishable")}</option>
          </select>
        </Control>
      )}
    </Field>
  );
}

function ExpiryField({ values, expiries, problem, onChange }: PartProps & Pick<Props, "expiries">): JSX.Element {
  const { t } = usePage();
  const error = problem?.of("expiresAt");
  return (
    <>
      <Field label={t("apiKeysExpires")} error={values.expiry === "date" ? undefined : error}>
        {(props) => (
          <Control opens error={values.expiry === "date" ? undefined : error}>
            <select {...props} value={values.expiry} onChange={(event) => onChange({ expiry: event.target.value as Expiry })}>
              {expiries.map((expiry) => (
                <option key={expiry} value={expiry}>
                  {t(EXPIRY_TEXT[expiry], { days: expiry })}
                </option>
              ))}
            </select>
          </Control>
        )}
      </Field>
      {values.expiry === "date" && (
        <Field label={t("apiKeysAdminLastDay")} required error={error}>
          {(props) => (
            <Control error={error}>
              <input {...props} type="date" value={values.date} onChange={(event) => onChange({ date: event.target.value })} />
            </Control>
          )}
        </Field>
      )}
    </>
  );
}
