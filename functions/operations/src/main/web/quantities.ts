const UNITS = ["B", "kB", "MB", "GB"] as const;

/** A number of bytes with three digits at most. */
export function bytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function seconds(millis: number): string {
  return (millis / 1000).toFixed(millis < 10_000 ? 2 : 1);
}

export function share(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

export function number(value: number): string {
  const magnitude = Math.abs(value);
  return magnitude !== 0 && (magnitude < 0.001 || magnitude >= 1e6)
    ? value.toExponential(2)
    : value.toFixed(magnitude >= 1000 ? 0 : 4);
}

export function dateTime(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** With seconds and time zone, for what is filed. */
export function exactTime(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "long" });
}
