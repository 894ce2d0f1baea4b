/** The last second of a day where the reader is: a key that ends on Friday works on Friday. Undefined for what is no day. */
export function endOfDay(date: string): Date | undefined {
  const [year, month, day] = date.split("-").map(Number);
  if (!year || !month || !day) {
    return undefined;
  }
  // Counted back from the next day: where clocks go back at midnight, 23:59:59 comes twice, and Date would take the first.
  return new Date(new Date(year, month - 1, day + 1).getTime() - 1000);
}

/** The day of that moment where the reader is, as date inputs write it. */
export function inputDate(moment: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
