import { useId, type ReactNode } from "react";
import { Caret, Warning } from "./icons";
import { pf } from "./pf";

/** What an input has to carry so that label, help and error belong to it. */
export interface FieldProps {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean | undefined;
  readonly required: boolean;
}

interface Props {
  readonly label: string;
  readonly required?: boolean;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
  readonly children: (props: FieldProps) => ReactNode;
}

/** One row of a form; what is wrong stands beneath the input and is read out with it. */
export function Field({ label, required = false, help, error, children }: Props): JSX.Element {
  const id = useId();
  const below = `${id}-help`;
  return (
    <div className={`${pf("form")}__group`}>
      <div className={`${pf("form")}__group-label`}>
        <label className={`${pf("form")}__label`} htmlFor={id}>
          <span className={`${pf("form")}__label-text`}>{label}</span>
          {required && (
            <span className={`${pf("form")}__label-required`} aria-hidden="true">
              {" *"}
            </span>
          )}
        </label>
      </div>
      <div className={`${pf("form")}__group-control`}>
        {children({ id, "aria-describedby": below, "aria-invalid": error ? true : undefined, required })}
        <div className={`${pf("form")}__helper-text`} id={below} aria-live="polite">
          <Helper error={error} help={help} />
        </div>
      </div>
    </div>
  );
}

export function Helper({ error, help }: { readonly error?: string | undefined; readonly help?: string | undefined }): JSX.Element | null {
  if (!error && !help) {
    return null;
  }
  return (
    <div className={pf("helper-text")}>
      <div className={`${pf("helper-text")}__item${error ? " pf-m-error" : ""}`}>
        {error && (
          <span className={`${pf("helper-text")}__item-icon`}>
            <Warning />
          </span>
        )}
        <span className={`${pf("helper-text")}__item-text`}>{error ?? help}</span>
      </div>
    </div>
  );
}

interface ControlProps {
  readonly error?: string | undefined;
  /** Around a `select`, which lost its arrow with the look that browsers give it. */
  readonly opens?: boolean;
  /** Around a `textarea`. */
  readonly multiline?: boolean;
  readonly children: ReactNode;
}

/** PatternFly draws borders and states around inputs, not on them. */
export function Control({ error, opens = false, multiline = false, children }: ControlProps): JSX.Element {
  const block = pf("form-control");
  return (
    <span className={pf("form-control", ...(multiline ? ["textarea"] : []), ...(error ? ["error"] : []))}>
      {children}
      {opens && (
        <span className={`${block}__utilities`}>
          <span className={`${block}__toggle-icon`}>
            <Caret />
          </span>
        </span>
      )}
    </span>
  );
}
