import type { TextKey } from "../generated/textKeys";
import { Control, Field } from "../shared/Field";
import { usePage } from "../shared/page";
import { inputDate } from "../shared/days";
import { lifetime, days } from "../shared/lifetime";
import { endOf, expiryChoices, lastDay, type Expiry } from "./expiry";
import type { KeyFormProps } from "./KeyForm";

const TEXTS: Readonly<Record<Exclude<Expiry, "default">, TextKey>> = {
  "7": "apiKeysExpiry7",
  "30": "apiKeysExpiry30",
  "60": "apiKeysExpiry60",
  "90": "apiKeysExpiry90",
  "365": "apiKeysExpiry365",
  custom: "apiKeysExpiryCustom",
  never: "apiKeysExpiryNever",
};

type Props = Pick<KeyFormProps, "draft" | "terms" | "onChange"> & { readonly error: string | undefined };

/** How long the key is to live, with the day that comes out of it. */
export function ExpiryField({ draft, terms, error, onChange }: Props): JSX.Element {
  const { t, format } = usePage();
  const now = new Date();
  const end = endOf(draft.expiry, draft.date, terms, now);
  const text = (choice: Expiry): string =>
    choice === "default"
      ? t("apiKeysExpiryDefault", { days: format.number(Math.round((lifetime(terms.defaultLifetime) / days(1)) * 10) / 10) })
      : t(TEXTS[choice]);
  const custom = draft.expiry === "custom";
  const help = end === null ? t("apiKeysExpiryNeverHelp") : end && t("apiKeysExpiresOn", { date: format.dateTime(end) });
  return (
    <>
      <Field label={t("apiKeysExpires")} help={custom ? undefined : help} error={custom ? undefined : error}>
        {(field) => (
          <Control error={custom ? undefined : error} opens>
            <select {...field} value={draft.expiry} onChange={(event) => onChange({ expiry: event.target.value as Expiry })}>
              {expiryChoices(terms).map((choice) => (
                <option key={choice} value={choice}>
                  {text(choice)}
                </option>
              ))}
            </select>
          </Control>
        )}
      </Field>
      {custom && (
        <Field label={t("apiKeysExpiryDate")} required help={help} error={error}>
          {(field) => (
            <Control error={error}>
              <input
                {...field}
                type="date"
                min={inputDate(now)}
                max={lastDay(terms, now)}
                value={draft.date}
                onChange={(event) => onChange({ date: event.target.value })}
              />
            </Control>
          )}
        </Field>
      )}
    </>
  );
}
