import type { ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import { Check, Info, Warning } from "./icons";
import { pf } from "./pf";
import { usePage } from "./page";

export type Severity = "success" | "info" | "warning" | "danger";

interface Props {
  readonly severity: Severity;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

const SEVERITY_TEXT: Readonly<Record<Severity, TextKey>> = {
  success: "apiKeysAlertSuccess",
  info: "apiKeysAlertInfo",
  warning: "apiKeysAlertWarning",
  danger: "apiKeysAlertDanger",
};

export function Alert({ severity, title, children, actions }: Props): JSX.Element {
  const { t } = usePage();
  const Shape = severity === "success" ? Check : severity === "info" ? Info : Warning;
  return (
    <div className={pf("alert", severity, "inline")} role={severity === "danger" ? "alert" : undefined} data-testid={`alert-${severity}`}>
      <div className={`${pf("alert")}__icon`}>
        <Shape />
      </div>
      <p className={`${pf("alert")}__title`}>
        <span className="ak-hidden">{t(SEVERITY_TEXT[severity])}</span>
        {title}
      </p>
      {children && <div className={`${pf("alert")}__description`}>{children}</div>}
      {actions && <div className={`${pf("alert")}__action-group ak-actions`}>{actions}</div>}
    </div>
  );
}
