import { useId } from "react";
import type { TextKey } from "../generated/textKeys";
import { Control, Field, type FieldProps } from "../shared/Field";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { SHAPES, type PolicyField, type PolicyValues, type Shape } from "./policySettings";

type Value = PolicyValues[PolicyField];

interface Props {
  readonly field: PolicyField;
  readonly value: Value;
  readonly error: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: Value) => void;
}

type PartProps = Omit<Props, "field"> & { readonly shape: Shape };

/** One setting of the policy. */
export function PolicyInput({ field, value, error, readOnly, onChange }: Props): JSX.Element {
  const { t } = usePage();
  const shape = SHAPES[field];
  if (shape.kind === "several") {
    return <Several {...{ value, error, readOnly, onChange, shape }} options={shape.options} />;
  }
  return (
    <Field label={t(shape.label)} help={t(shape.help)} error={error}>
      {(props) => <Single {...{ value, error, readOnly, onChange, shape, props }} />}
    </Field>
  );
}

function Single({ value, error, readOnly, onChange, shape, props }: PartProps & { readonly props: FieldProps }): JSX.Element {
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
      <Control opens error={error}>
        <select {...props} value={String(value)} disabled={readOnly} onChange={(event) => onChange(event.target.value)}>
          {shape.options.map(([option, text]) => (
            <option key={option} value={option}>
              {t(text)}
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

type SeveralProps = PartProps & { readonly options: readonly (readonly [string, TextKey])[] };

function Several({ value, error, readOnly, onChange, shape, options }: SeveralProps): JSX.Element {
  const { t } = usePage();
  const chosen = value as readonly string[];
  const below = useId();
  return (
    <fieldset className={`${pf("form")}__group ak-several`} aria-describedby={below}>
      <legend className={`${pf("form")}__label-text`}>{t(shape.label)}</legend>
      {options.map(([option, text]) => (
        <label key={option} className={pf("check")}>
          <input
            type="checkbox"
            className={`${pf("check")}__input`}
            checked={chosen.includes(option)}
            disabled={readOnly}
            aria-invalid={error ? true : undefined}
            aria-describedby={error && below}
            onChange={(event) => onChange(options.map(([one]) => one).filter((one) => (one === option ? event.target.checked : chosen.includes(one))))}
          />
          <span className={`${pf("check")}__label`}>{t(text)}</span>
        </label>
      ))}
      <p id={below} className={error ? "ak-error" : "ak-muted"}>{error ?? t(shape.help)}</p>
    </fieldset>
  );
}
