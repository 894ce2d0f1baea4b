import { useId } from "react";
import { Control, Field, type FieldProps } from "../shared/Field";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { policyText, type PolicySetting, type PolicyValue } from "./policySettings";

interface Props {
  readonly setting: PolicySetting;
  readonly value: PolicyValue;
  readonly error: string | undefined;
  readonly readOnly: boolean;
  readonly onChange: (value: PolicyValue) => void;
}

/** One setting of the policy. */
export function PolicyInput(input: Props): JSX.Element {
  const { setting, error } = input;
  const { label, help } = useTexts(setting);
  if (setting.kind === "several") {
    return <Several {...input} />;
  }
  return (
    <Field label={label} help={help} error={error}>
      {(props) => <Single {...input} props={props} />}
    </Field>
  );
}

interface Texts {
  readonly label: string;
  readonly help: string;
  readonly option: (value: string) => string;
}

/** The texts of a setting. One that this page does not know has its name and its rule. */
function useTexts({ field, rule }: PolicySetting): Texts {
  const { t } = usePage();
  return {
    label: policyText(t, [field], field),
    help: policyText(t, [field, "help"], rule),
    option: (value) => policyText(t, [field, value || "none"], value),
  };
}

function Single({ setting, value, error, readOnly, onChange, props }: Props & { readonly props: FieldProps }): JSX.Element {
  const { option } = useTexts(setting);
  if (setting.kind === "flag") {
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
  if (setting.kind === "choice") {
    return (
      <Control opens error={error}>
        <select {...props} value={String(value)} disabled={readOnly} onChange={(event) => onChange(event.target.value)}>
          {setting.options.map((one) => (
            <option key={one} value={one}>
              {option(one)}
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
        inputMode={setting.kind === "number" ? "numeric" : undefined}
        value={String(value)}
        readOnly={readOnly}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </Control>
  );
}

function Several({ setting, value, error, readOnly, onChange }: Props): JSX.Element {
  const { label, help, option } = useTexts(setting);
  const chosen = value as readonly string[];
  const below = useId();
  return (
    <fieldset className={`${pf("form")}__group ak-several`} aria-describedby={below}>
      <legend className={`${pf("form")}__label-text`}>{label}</legend>
      {setting.options.map((one) => (
        <label key={one} className={pf("check")}>
          <input
            type="checkbox"
            className={`${pf("check")}__input`}
            checked={chosen.includes(one)}
            disabled={readOnly}
            aria-invalid={error ? true : undefined}
            aria-describedby={error && below}
            onChange={(event) => onChange(setting.options.filter((other) => (other === one ? event.target.checked : chosen.includes(other))))}
          />
          <span className={`${pf("check")}__label`}>{option(one)}</span>
        </label>
      ))}
      <p id={below} className={error ? "ak-error" : "ak-muted"}>{error ?? help}</p>
    </fieldset>
  );
}
