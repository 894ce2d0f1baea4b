import { useId } from "react";
import { Control } from "../shared/Field";

interface Props<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly (readonly [V, string])[];
  readonly onSelect: (value: V) => void;
}

/** The browser's own list of choices, in PatternFly's dress. */
export function Select<V extends string>({ label, value, options, onSelect }: Props<V>): JSX.Element {
  const id = useId();
  return (
    <div className="ak-filter">
      <label htmlFor={id}>{label}</label>
      <Control opens>
        <select id={id} value={value} onChange={(event) => onSelect(event.target.value as V)}>
          {options.map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      </Control>
    </div>
  );
}
