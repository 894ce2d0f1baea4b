import { Control, Field, type FieldProps } from "../shared/Field";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { SHAPES, type PolicyField, type PolicyValues, type Shape } from "./policyForm";

type Value = PolicyValues[PolicyField];

interface Props {
  readonly field: PolicyField;
  readonly value: Value;
  readonly error: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: Value) => void;
}

/** One setting of the policy. */
export function PolicyInput({ field, value, error, readOnly, onChange }: Props): JSX.Element {
  const { t } = usePage();
  const shape = SHAPES[field];
  const label = t(`apiKeysPolicy_${field}`);
  if (shape.kind === "several") {
    return <Several {...{ field, value, error, readOnly, onChange, label }} options={shape.options} />;
  }
  return (
    <Field label={label} help={t(`apiKeysPolicyHelp_${field}`)} error={error}>
      {(props) => <Single {...{ field, value, error, readOnly, onChange, shape, props }} />}
    </Field>
  );
}

function Single({ field, value, error, readOnly, onChange, shape, props }: Props & { readonly shape: Shape; readonly props: FieldProps }): JSX.Element {
  const { t } = usePage();
  if (shape.kind === "flag") {
    return (
      <input
        {...props}
        type="checkbox"
        className={`${pf("check")}__input`}
        checked={value === true}
        disabled={readOnly}
        onChange={(event) => onChange(event.target.checked)}
      />
    );
  }
  if (shape.kind === "choice") {
    return (
      <Control error={error}>
        <select {...props} value={String(value)} disabled={readOnly} onChange={(event) => onChange(event.target.value)}>
          {shape.options.map((option) => (
            <option key={option} value={option}>
              {t(`apiKeysPolicy_${field}_${option || "none"}`)}
            </option>
          ))}
        </select>
      </Control>
    );
  }
  return (
    <Control error={error}>
      <input
        {...props}
        type="text"
        inputMode={shape.kind === "number" ? "numeric" : undefined}
        value={String(value)}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </Control>
  );
}

interface SeveralProps extends Props {
  readonly label: string;
  readonly options: readonly string[];
}

function Several({ field, value, error, readOnly, onChange, label, options }: SeveralProps): JSX.Element {
  const { t } = usePage();
  const chosen = value as readonly string[];
  return (
    <fieldset className={`${pf("form")}__group ak-several`}>
      <legend className={`${pf("form")}__label-text`}>{label}</legend>
      {options.map((option) => (
        <label key={option} className={pf("check")}>
          <input
            type="checkbox"
            className={`${pf("check")}__input`}
            checked={chosen.includes(option)}
            disabled={readOnly}
            onChange={(event) => onChange(options.filter((one) => (one === option ? event.target.checked : chosen.includes(one))))}
          />
          <span className={`${pf("check")}__label`}>{t(`apiKeysPolicy_${field}_${option}`)}</span>
        </label>
      ))}
      {error && <p className="ak-error">{error}</p>}
    </fieldset>
  );
}
