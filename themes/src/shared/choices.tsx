import { useId, type ReactNode } from "react";
import { Helper } from "./Field";
import { pf } from "./pf";

interface GroupProps {
  readonly legend: string;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly children: ReactNode;
}

/** Choices that belong together. */
export function ChoiceGroup({ legend, help, error, children }: GroupProps): JSX.Element {
  const below = useId();
  return (
    <fieldset className={`ak-choices ${pf("form")}__group`} aria-describedby={below}>
      <legend className={`${pf("form")}__label`}>
        <span className={`${pf("form")}__label-text`}>{legend}</span>
      </legend>
      {children}
      <div className={`${pf("form")}__helper-text`} id={below} aria-live="polite">
        <Helper error={error} help={help} />
      </div>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly type: "radio" | "checkbox";
  readonly name: string;
  readonly label: string;
  readonly note?: string | undefined;
  readonly checked: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** One radio button or check box with its label. */
export function Choice({ type, name, label, note, checked, autoFocus = false, onChange }: ChoiceProps): JSX.Element {
  const id = useId();
  const block = pf(type === "radio" ? "radio" : "check");
  return (
    <div className={`ak-choice ${block}`}>
      <input
        id={id}
        className={`${block}__input`}
        type={type}
        name={name}
        checked={checked}
        data-autofocus={autoFocus || undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label className={`${block}__label`} htmlFor={id}>
        {label}
      </label>
      {note && (
        <span className={`${block}__description ak-muted`} id={`${id}-note`}>
          {note}
        </span>
      )}
    </div>
  );
}
